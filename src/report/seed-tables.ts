import { PAPER_ROWS } from '../dataset/emotions';
import type { ClassMetric } from '../evaluate/metrics';
import { METRIC_NAMES, type PaperTable, paperTable } from './paper';
import { type Results, titled } from './results';
import { groupBySeed, type SeedGroup, type Spread } from './seeds';
import type { ReportTable } from './table';

const DECIMALS = 3;

/** Mean and standard deviation, such as `0.712 ± 0.004`; the number alone for a single run. */
function plusMinus({ mean, standardDeviation }: Spread): string {
  const text = mean.toFixed(DECIMALS);
  return standardDeviation === null ? text : `${text} ± ${standardDeviation.toFixed(DECIMALS)}`;
}

/** Readings of a metric: the paper does not say what the accuracy of a class is. */
const READINGS: Readonly<Record<PaperTable['metric'], readonly ClassMetric[]>> = {
  accuracy: ['oneVsRestAccuracy', 'recall'],
  precision: ['precision'],
  recall: ['recall'],
  f1: ['f1'],
};

/**
 * One of Tables I to IV over several runs: mean and standard deviation over the seeds, a column for each group of runs
 * (and for each reading of accuracy), such as the paper's protocol beside the official one.
 */
export function tableSeeds(runs: readonly Results[], metric: PaperTable['metric']): ReportTable {
  const groups = groupBySeed(runs);
  const isSynthetic = runs.some((run) => run.isSynthetic);
  const paper = paperTable(metric);
  const cells = groups.flatMap((group) => READINGS[metric].map((key) => ({ group, key })));
  const row = (name: string, printed: string, pick: (group: SeedGroup, key: ClassMetric) => Spread) => [
    name,
    printed,
    ...cells.map(({ group, key }) => plusMinus(pick(group, key))),
  ];
  const title = `Table ${paper.number}. ${METRIC_NAMES[metric]} by class over seeds: paper and ours`;
  return {
    title: titled(title, { isSynthetic }),
    columns: ['Emotion', 'Paper', ...cells.map(({ group, key }) => columnName(group, key, metric, groups))],
    rows: [
      ...PAPER_ROWS.map(({ name, label }) =>
        row(name, paper.values[label]!, (group, key) => group.perClass[label]![key]),
      ),
      row('Overall, macro mean', paper.overall, (group, key) => group.macro[key]),
      row('Overall, weighted mean', paper.overall, (group, key) => group.weighted[key]),
      ...(metric === 'accuracy' ? [row('Overall accuracy', paper.overall, (group) => group.accuracy)] : []),
    ],
    notes: [
      'Ours: mean ± sample standard deviation over the seeds.',
      ...groups.map(
        ({ model, profile, protocol, seeds }) =>
          `${model}, profile ${profile}, ${protocol} split: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}.`,
      ),
    ],
  };
}

function columnName(
  { model, profile, protocol, seeds }: SeedGroup,
  key: ClassMetric,
  metric: PaperTable['metric'],
  groups: readonly SeedGroup[],
): string {
  const differs = (pick: (group: SeedGroup) => string) => new Set(groups.map(pick)).size > 1;
  const alike = groups.filter((group) => group.model === model && group.protocol === protocol);
  const words = [
    ...(differs((group) => group.model) ? [model] : []),
    ...(alike.length > 1 ? [profile] : []),
    protocol,
    ...(metric === 'accuracy' ? [key === 'recall' ? 'recall' : 'one-vs-rest'] : []),
    `${seeds.length} ${seeds.length === 1 ? 'run' : 'runs'}`,
  ];
  return words.join(', ');
}

import { PAPER_ROWS } from '../../dataset/emotions';
import type { ClassMetric } from '../../evaluate/metrics';
import { type Results, titled } from '../../evaluate/results';
import { groupBySeed, type SeedGroup, type Spread } from '../../evaluate/seeds';
import type { ReportTable } from '../formats/table';
import { METRIC_NAMES, type PaperTable, paperTable } from '../paper';

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
      ...groups.map((group) => noteOf(group, groups)),
    ],
  };
}

/** Groups of the same model and protocol, which differ in their recipe. */
const alike = (group: SeedGroup, groups: readonly SeedGroup[]) =>
  groups.filter(({ model, protocol }) => model === group.model && protocol === group.protocol);

/** An ensemble, and a run that has its like in another group and no other seed, are known by their own names. */
function ownName({ runs, isEnsemble }: SeedGroup, likes: readonly SeedGroup[]): string | null {
  return isEnsemble || (likes.length > 1 && runs.length === 1) ? runs[0]! : null;
}

function noteOf(group: SeedGroup, groups: readonly SeedGroup[]): string {
  const { model, profile, protocol, seeds } = group;
  const name = ownName(group, alike(group, groups));
  if (name) return `${name}: ${protocol} split, ${group.isEnsemble ? 'an ensemble' : 'one run'}.`;
  return `${model}, profile ${profile}, ${protocol} split: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}.`;
}

function columnName(
  group: SeedGroup,
  key: ClassMetric,
  metric: PaperTable['metric'],
  groups: readonly SeedGroup[],
): string {
  const { model, profile, protocol, seeds } = group;
  const reading = metric === 'accuracy' ? [key === 'recall' ? 'recall' : 'one-vs-rest'] : [];
  const likes = alike(group, groups);
  const name = ownName(group, likes);
  if (name) return [name, ...reading].join(', ');
  const areSeveral = new Set(groups.map((other) => other.model)).size > 1;
  return [
    ...(areSeveral ? [model] : []),
    ...(likes.length > 1 ? [profile] : []),
    protocol,
    ...reading,
    `${seeds.length} ${seeds.length === 1 ? 'run' : 'runs'}`,
  ].join(', ');
}

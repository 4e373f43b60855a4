import type { ClassMetricName } from '../../evaluate/metrics';
import type { Results } from '../../evaluate/results';
import { groupBySeed, type SeedGroup, type Spread } from '../../evaluate/seeds';
import { PRINTED } from '../columns';
import { METRIC_NAMES, type PaperTable, paperClasses, paperTable } from '../paper';
import { column, type ReportTable } from '../table';
import { dataNotes, titled } from '../words';

const DECIMALS = 3;

/** Mean and standard deviation, such as `0.712 ± 0.004`; the number alone for a single run. */
function plusMinus({ mean, standardDeviation }: Spread): string {
  const text = mean.toFixed(DECIMALS);
  return standardDeviation === null ? text : `${text} ± ${standardDeviation.toFixed(DECIMALS)}`;
}

/** Readings of a metric: the paper does not say what the accuracy of a class is. */
const READINGS: Readonly<Record<PaperTable['metric'], readonly ClassMetricName[]>> = {
  accuracy: ['oneVsRestAccuracy', 'recall'],
  precision: ['precision'],
  recall: ['recall'],
  f1: ['f1'],
};

interface SeedRow {
  readonly name: string;
  readonly printed: string;
  spreadOf(group: SeedGroup, reading: ClassMetricName): Spread;
}

/**
 * One of Tables I to IV over several runs: mean and standard deviation over the seeds, a column for each group of runs
 * (and for each reading of accuracy), such as the paper's protocol beside the official one.
 */
export function tableSeeds(runs: readonly Results[], metric: PaperTable['metric']): ReportTable<SeedRow> {
  const groups = groupBySeed(runs);
  const { number } = paperTable(metric);
  const title = `Table ${number}. ${METRIC_NAMES[metric]} by class over seeds: paper and ours`;
  return {
    title: titled(title, { isSynthetic: runs.some(({ isSynthetic }) => isSynthetic) }),
    columns: [
      column('Emotion', ({ name }) => name),
      column('Paper', ({ printed }) => printed, PRINTED),
      ...groups.flatMap((group) =>
        READINGS[metric].map((reading) =>
          column<SeedRow>(columnName(group, { reading, metric, groups }), ({ spreadOf }) =>
            plusMinus(spreadOf(group, reading)),
          ),
        ),
      ),
    ],
    rows: seedRows(runs[0]!.dataset.classes, metric),
    notes: [
      'Ours: mean ± sample standard deviation over the seeds. The standard deviation describes the spread over seeds. It is not a test of whether two models differ.',
      ...groups.map((group) => noteOf(group, groups)),
      ...new Set(runs.flatMap(({ dataset }) => dataNotes(dataset))),
    ],
  };
}

function seedRows(classes: readonly string[], metric: PaperTable['metric']): SeedRow[] {
  const { values, overall: printed } = paperTable(metric);
  return [
    ...paperClasses(classes).map(
      ({ name, label, at }): SeedRow => ({
        name,
        printed: values[at]!,
        spreadOf: (group, reading) => group.perClass[label]![reading],
      }),
    ),
    { name: 'Overall, macro mean', printed, spreadOf: ({ macro }, reading) => macro[reading] },
    { name: 'Overall, weighted mean', printed, spreadOf: ({ weighted }, reading) => weighted[reading] },
    ...(metric === 'accuracy'
      ? [{ name: 'Overall accuracy', printed, spreadOf: ({ accuracy }: SeedGroup) => accuracy }]
      : []),
  ];
}

/** Groups of the same title and protocol, which differ in their recipe. */
const alike = (group: SeedGroup, groups: readonly SeedGroup[]) =>
  groups.filter(({ title, protocol }) => title === group.title && protocol === group.protocol);

/** A classifier without a seed, and one that has its like in another group and no other seed, bear their own names. */
function ownName({ runs, seeds }: SeedGroup, likes: readonly SeedGroup[]): string | null {
  return seeds.length === 0 || (likes.length > 1 && runs.length === 1) ? runs[0]! : null;
}

const KIND_WORDS: Readonly<Record<SeedGroup['kind'], string>> = {
  network: 'one run',
  ensemble: 'an ensemble',
  baseline: 'a baseline',
};

function noteOf(group: SeedGroup, groups: readonly SeedGroup[]): string {
  const { kind, title, recipeName, protocol, seeds } = group;
  const name = ownName(group, alike(group, groups));
  if (name) return `${name}: ${protocol} split, ${KIND_WORDS[kind]}.`;
  const what = [title, ...(recipeName ? [`profile ${recipeName}`] : []), `${protocol} split`].join(', ');
  return `${what}: ${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}.`;
}

function columnName(
  group: SeedGroup,
  of: { reading: ClassMetricName; metric: PaperTable['metric']; groups: readonly SeedGroup[] },
): string {
  const { title, recipeName, protocol, seeds } = group;
  const reading = of.metric === 'accuracy' ? [of.reading === 'recall' ? 'recall' : 'one-vs-rest'] : [];
  const likes = alike(group, of.groups);
  const name = ownName(group, likes);
  if (name) return [name, ...reading].join(', ');
  const areSeveral = new Set(of.groups.map((other) => other.title)).size > 1;
  return [
    ...(areSeveral ? [title] : []),
    ...(likes.length > 1 && recipeName ? [recipeName] : []),
    protocol,
    ...reading,
    `${seeds.length} ${seeds.length === 1 ? 'run' : 'runs'}`,
  ].join(', ');
}

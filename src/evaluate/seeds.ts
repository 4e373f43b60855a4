import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { ClassifierDescription } from '../run/classifier';
import type { ClassMetricName, MeanMetrics, Metrics } from './metrics';
import type { Results } from './results';

/** A number over several runs. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (n - 1 below the line); null for a single run. */
  readonly standardDeviation: number | null;
  readonly smallest: number;
  readonly largest: number;
}

/** Classifiers that differ in nothing but the seed (which also draws the split, where it is random). */
export interface SeedGroup {
  readonly kind: ClassifierDescription['kind'];
  /** What they are, such as `strong-cnn`. */
  readonly title: string;
  /** The recipe in a word, such as the profile; empty where there is none. */
  readonly recipeName: string;
  readonly protocol: string;
  /** Empty where nothing is drawn, or each has several seeds at work. */
  readonly seeds: readonly number[];
  /** Names of the runs' folders, in the order of the seeds. */
  readonly runs: readonly string[];
  readonly accuracy: Spread;
  readonly perClass: readonly Readonly<Record<ClassMetricName, Spread>>[];
  readonly macro: Readonly<Record<keyof MeanMetrics, Spread>>;
  readonly macroF1OfMeans: Spread;
  readonly weighted: Readonly<Record<keyof MeanMetrics, Spread>>;
  readonly expectedCalibrationError: Spread;
}

/** Gathers classifiers that differ only in their seed, in the order in which the groups first appear. */
export function groupBySeed(runs: readonly Results[]): SeedGroup[] {
  return gather(runs).map(summarize);
}

function gather(runs: readonly Results[]): Results[][] {
  const groups = new Map<string, Results[]>();
  for (const run of runs) {
    const { classifier, dataset, split } = run;
    const key = JSON.stringify([classifier.kind, classifier.recipe, split.protocol, dataset.sha256]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

/**
 * The runs of all recipes that have several seeds, and of those with one the best of each protocol on its validation
 * part, among those of one kind: what a table has room for. The order stays.
 */
export function bestRecipes(runs: readonly Results[]): Results[] {
  const single = gather(runs).flatMap((group) => (group.length === 1 ? group : []));
  const kindOf = ({ classifier, split }: Results) => `${split.protocol} ${classifier.kind}`;
  const isBeaten = (run: Results) =>
    single.some(
      (other) =>
        kindOf(other) === kindOf(run) && other.validation.metrics.accuracy > run.validation.metrics.accuracy,
    );
  return runs.filter((run) => !single.includes(run) || !isBeaten(run));
}

function summarize(runs: readonly Results[]): SeedGroup {
  const seedOf = ({ classifier }: Results) => classifier.seed ?? 0;
  const sorted = [...runs].sort((a, b) => seedOf(a) - seedOf(b));
  const { kind, title, recipeName } = sorted[0]!.classifier;
  const of = (pick: (metrics: Metrics) => number) => spread(sorted.map(({ test }) => pick(test.metrics)));
  return {
    kind,
    title,
    recipeName,
    protocol: sorted[0]!.split.protocol,
    seeds: sorted.flatMap(({ classifier: { seed } }) => (seed === null ? [] : [seed])),
    runs: sorted.map(({ classifier }) => classifier.name),
    accuracy: of((metrics) => metrics.accuracy),
    perClass: sorted[0]!.test.metrics.perClass.map((_, label) =>
      fourSpreads((key) => of((metrics) => metrics.perClass[label]![key])),
    ),
    macro: fourSpreads((key) => of((metrics) => metrics.macro[key])),
    macroF1OfMeans: of((metrics) => metrics.macroF1OfMeans),
    weighted: fourSpreads((key) => of((metrics) => metrics.weighted[key])),
    expectedCalibrationError: spread(sorted.map(({ test }) => test.calibration.expectedCalibrationError)),
  };
}

function fourSpreads(spreadOf: (key: ClassMetricName) => Spread): Record<ClassMetricName, Spread> {
  return {
    precision: spreadOf('precision'),
    recall: spreadOf('recall'),
    f1: spreadOf('f1'),
    oneVsRestAccuracy: spreadOf('oneVsRestAccuracy'),
  };
}

/** @param values at least one */
export function spread(values: readonly number[]): Spread {
  return {
    mean: mean([...values]),
    standardDeviation: values.length < 2 ? null : sampleStandardDeviation([...values]),
    smallest: Math.min(...values),
    largest: Math.max(...values),
  };
}

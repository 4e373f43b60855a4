import { mean, sampleStandardDeviation } from 'simple-statistics';
import { EMOTION_COUNT } from '../dataset/emotions';
import type { ClassMetric, MeanMetrics, Metrics } from './metrics';
import type { Results } from './results';

/** A number over several runs. */
export interface Spread {
  readonly mean: number;
  /** Sample standard deviation (n - 1 below the line); null for a single run. */
  readonly standardDeviation: number | null;
  readonly smallest: number;
  readonly largest: number;
}

/** Runs that differ in nothing but the seed (which also draws the split, where it is random). */
export interface SeedGroup {
  readonly model: string;
  readonly profile: string;
  readonly protocol: string;
  /** Of several models together: model and profile are the first one's then. */
  readonly isEnsemble?: true;
  readonly seeds: readonly number[];
  /** Names of the runs' folders, in the order of the seeds. */
  readonly runs: readonly string[];
  readonly accuracy: Spread;
  readonly perClass: readonly Readonly<Record<ClassMetric, Spread>>[];
  readonly macro: Readonly<Record<keyof MeanMetrics, Spread>>;
  readonly macroF1OfMeans: Spread;
  readonly weighted: Readonly<Record<keyof MeanMetrics, Spread>>;
  readonly expectedCalibrationError: Spread;
}

/** Gathers runs that differ only in their seed, ensembles by themselves, in the order in which the groups first appear. */
export function groupBySeed(runs: readonly Results[]): SeedGroup[] {
  return gather(runs).map(summarize);
}

function gather(runs: readonly Results[]): Results[][] {
  const groups = new Map<string, Results[]>();
  for (const run of runs) {
    const { config, dataset, members } = run.record;
    const key = JSON.stringify([{ ...config, seed: null }, dataset.sha256, members ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}

/**
 * The runs of all recipes that have several seeds, and of those with one the best of each protocol on its validation
 * part, among single networks and among ensembles: what a table has room for. The order stays.
 */
export function bestRecipes(runs: readonly Results[]): Results[] {
  const single = gather(runs).flatMap((group) => (group.length === 1 ? group : []));
  const kindOf = ({ record }: Results) =>
    `${record.config.protocol} ${record.members ? 'ensemble' : 'network'}`;
  const isBeaten = (run: Results) =>
    single.some(
      (other) =>
        kindOf(other) === kindOf(run) && other.validation.metrics.accuracy > run.validation.metrics.accuracy,
    );
  return runs.filter((run) => !single.includes(run) || !isBeaten(run));
}

function summarize(runs: readonly Results[]): SeedGroup {
  const sorted = [...runs].sort((a, b) => a.record.config.seed - b.record.config.seed);
  const { config, members } = sorted[0]!.record;
  const { model, profile, protocol } = config;
  const of = (pick: (metrics: Metrics) => number) => spread(sorted.map(({ test }) => pick(test.metrics)));
  return {
    model,
    profile,
    protocol,
    ...(members && { isEnsemble: true as const }),
    seeds: sorted.map(({ record }) => record.config.seed),
    runs: sorted.map(({ run }) => run),
    accuracy: of((metrics) => metrics.accuracy),
    perClass: Array.from({ length: EMOTION_COUNT }, (_, label) =>
      fourSpreads((key) => of((metrics) => metrics.perClass[label]![key])),
    ),
    macro: fourSpreads((key) => of((metrics) => metrics.macro[key])),
    macroF1OfMeans: of((metrics) => metrics.macroF1OfMeans),
    weighted: fourSpreads((key) => of((metrics) => metrics.weighted[key])),
    expectedCalibrationError: spread(sorted.map(({ test }) => test.calibration.expectedCalibrationError)),
  };
}

function fourSpreads(spreadOf: (key: ClassMetric) => Spread): Record<ClassMetric, Spread> {
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

import type { Tally } from './confusion';

/**
 * The metrics of one class. Ratios with nothing below the line are undefined and stand as 0, as in scikit-learn:
 * precision of a class that was never predicted, recall of a class without images. `support` and `predicted` tell
 * such a 0 from an earned one.
 */
export interface ClassMetrics {
  /** Images of the class: the n of its recall. */
  readonly support: number;
  /** Images that were called the class: the n of its precision. */
  readonly predicted: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of all images that are rightly called this class or rightly not: one against the rest. */
  readonly oneVsRestAccuracy: number;
}

export type ClassMetricName = Exclude<keyof ClassMetrics, 'support' | 'predicted'>;

/** Whether a class's metric has anything to count; if not, its 0 says nothing. */
export function isDefined({ support, predicted }: ClassMetrics, metric: ClassMetricName): boolean {
  if (metric === 'precision') return predicted > 0;
  if (metric === 'recall') return support > 0;
  return metric === 'oneVsRestAccuracy' || support + predicted > 0;
}

/** Means over the classes. */
export interface MeanMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly oneVsRestAccuracy: number;
}

export interface Metrics {
  readonly accuracy: number;
  readonly perClass: readonly ClassMetrics[];
  /** Each class counts the same. Its `f1` is the mean of the F1s. */
  readonly macro: MeanMetrics;
  /** F1 of macro precision and macro recall: the other "macro F1" in use (Opitz and Burst 2019, arXiv 1911.03347). */
  readonly macroF1OfMeans: number;
  /** Each class counts by its images. */
  readonly weighted: MeanMetrics;
}

const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const harmonicMean = (a: number, b: number) => ratio(2 * a * b, a + b);

/** All metrics that follow from the counts. */
export function computeMetrics(counts: Tally): Metrics {
  const perClass = counts.support.map((support, i) => classMetrics(counts, i, support));
  const macro = meanMetrics(perClass, () => 1);
  return {
    accuracy: ratio(
      counts.truePositives.reduce((sum, count) => sum + count, 0),
      counts.total,
    ),
    perClass,
    macro,
    macroF1OfMeans: harmonicMean(macro.precision, macro.recall),
    weighted: meanMetrics(perClass, ({ support }) => support),
  };
}

function classMetrics(counts: Tally, i: number, support: number): ClassMetrics {
  const hits = counts.truePositives[i]!;
  const predicted = counts.predicted[i]!;
  return {
    support,
    predicted,
    precision: ratio(hits, predicted),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, support + predicted),
    oneVsRestAccuracy: ratio(counts.total - support - predicted + 2 * hits, counts.total),
  };
}

function meanMetrics(
  perClass: readonly ClassMetrics[],
  weight: (metrics: ClassMetrics) => number,
): MeanMetrics {
  const total = perClass.reduce((sum, metrics) => sum + weight(metrics), 0);
  const mean = (key: ClassMetricName) =>
    ratio(
      perClass.reduce((sum, metrics) => sum + weight(metrics) * metrics[key], 0),
      total,
    );
  return {
    precision: mean('precision'),
    recall: mean('recall'),
    f1: mean('f1'),
    oneVsRestAccuracy: mean('oneVsRestAccuracy'),
  };
}

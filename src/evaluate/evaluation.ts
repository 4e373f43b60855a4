import { EMOTION_COUNT } from '../dataset/emotions';
import { type Calibration, calibrationOf } from './calibration';
import { type ConfusionMatrix, confusionMatrix, type Tally, tally } from './confusion';
import { bootstrapIntervals, type Interval, wilsonInterval } from './intervals';
import { type ClassMetric, computeMetrics, type MeanMetrics, type Metrics } from './metrics';
import { type Predictions, predictedClasses } from './predictions';

/**
 * 95 % intervals: Wilson's for proportions (accuracy, recall, precision, one-vs-rest accuracy); the bootstrap's
 * over images for F1 and for the means.
 */
export interface MetricIntervals {
  readonly accuracy: Interval;
  readonly perClass: readonly Readonly<Record<ClassMetric, Interval>>[];
  readonly macro: Readonly<Record<keyof MeanMetrics, Interval>>;
  readonly weighted: Readonly<Record<keyof MeanMetrics, Interval>>;
}

/** Everything that the predictions of one part say about a model. */
export interface Evaluation {
  readonly part: Predictions['part'];
  /** Images. */
  readonly count: number;
  readonly confusion: ConfusionMatrix;
  readonly metrics: Metrics;
  readonly intervals: MetricIntervals;
  readonly calibration: Calibration;
}

const MEANS = [
  'precision',
  'recall',
  'f1',
  'oneVsRestAccuracy',
] as const satisfies readonly (keyof MeanMetrics)[];

/** Evaluates saved predictions. @param options.seed of the bootstrap */
export function evaluatePredictions(predictions: Predictions, options: { seed?: number } = {}): Evaluation {
  const predicted = predictedClasses(predictions);
  const confusion = confusionMatrix(predictions.labels, predicted, EMOTION_COUNT);
  const counts = tally(confusion);
  const bootstrap = bootstrapIntervals(predictions.labels, predicted, {
    classes: EMOTION_COUNT,
    seed: options.seed ?? 0,
    statistics: ({ perClass, macro, weighted }) => [
      ...perClass.map(({ f1 }) => f1),
      ...MEANS.map((key) => macro[key]),
      ...MEANS.map((key) => weighted[key]),
    ],
  });
  return {
    part: predictions.part,
    count: counts.total,
    confusion,
    metrics: computeMetrics(counts),
    intervals: collectIntervals(counts, bootstrap),
    calibration: calibrationOf(predictions),
  };
}

function collectIntervals(counts: Tally, bootstrap: readonly Interval[]): MetricIntervals {
  const hits = counts.truePositives.reduce((sum, count) => sum + count, 0);
  const means = (start: number) =>
    Object.fromEntries(MEANS.map((key, i) => [key, bootstrap[start + i]!])) as Record<
      keyof MeanMetrics,
      Interval
    >;
  return {
    accuracy: wilsonInterval(hits, counts.total),
    perClass: counts.support.map((support, i) => {
      const [truePositives, predicted] = [counts.truePositives[i]!, counts.predicted[i]!];
      return {
        precision: wilsonInterval(truePositives, predicted),
        recall: wilsonInterval(truePositives, support),
        f1: bootstrap[i]!,
        oneVsRestAccuracy: wilsonInterval(
          counts.total - support - predicted + 2 * truePositives,
          counts.total,
        ),
      };
    }),
    macro: means(EMOTION_COUNT),
    weighted: means(EMOTION_COUNT + MEANS.length),
  };
}

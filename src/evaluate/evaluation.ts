import { EMOTION_COUNT } from '../dataset/emotions';
import { type Predictions, predictedClasses } from '../run/predictions';
import { type Calibration, calibrationOf } from './calibration';
import { type ConfusionMatrix, confusionMatrix, type Tally, tally } from './confusion';
import { bootstrapIntervals, f1Interval, type Interval, wilsonInterval } from './intervals';
import { type ClassMetric, computeMetrics, type MeanMetrics, type Metrics } from './metrics';

/**
 * 95 % intervals. Wilson's for proportions: accuracy and weighted recall (the same number), recall, precision,
 * one-vs-rest accuracy and its macro mean (which accuracy determines); Wilson's for F1 by way of TP / (TP + FP + FN);
 * the bootstrap over images for the other means.
 */
export interface MetricIntervals {
  readonly accuracy: Interval;
  readonly perClass: readonly Readonly<Record<ClassMetric, Interval>>[];
  readonly macro: Readonly<Record<keyof MeanMetrics, Interval>>;
  readonly macroF1OfMeans: Interval;
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

/** Evaluates saved predictions. @param options.seed of the bootstrap */
export function evaluatePredictions(predictions: Predictions, options: { seed?: number } = {}): Evaluation {
  const predicted = predictedClasses(predictions);
  const confusion = confusionMatrix(predictions.labels, predicted, EMOTION_COUNT);
  const counts = tally(confusion);
  return {
    part: predictions.part,
    count: counts.total,
    confusion,
    metrics: computeMetrics(counts),
    intervals: metricIntervals(confusion, options.seed ?? 0),
    calibration: calibrationOf(predictions),
  };
}

/** The intervals of all metrics of a matrix; see {@link MetricIntervals} for the methods. */
export function metricIntervals(confusion: ConfusionMatrix, seed: number): MetricIntervals {
  const counts = tally(confusion);
  const hits = counts.truePositives.reduce((sum, count) => sum + count, 0);
  const accuracy = wilsonInterval(hits, counts.total);
  const [macroPrecision, macroRecall, macroF1, macroF1OfMeans, precision, f1, oneVsRestAccuracy] =
    bootstrapIntervals(confusion, seed, ({ macro, macroF1OfMeans, weighted }) => [
      macro.precision,
      macro.recall,
      macro.f1,
      macroF1OfMeans,
      weighted.precision,
      weighted.f1,
      weighted.oneVsRestAccuracy,
    ]) as [Interval, Interval, Interval, Interval, Interval, Interval, Interval];
  return {
    accuracy,
    perClass: counts.support.map((_, label) => classIntervals(counts, label)),
    macro: {
      precision: macroPrecision,
      recall: macroRecall,
      f1: macroF1,
      oneVsRestAccuracy: meanOneVsRest(accuracy, confusion.length),
    },
    macroF1OfMeans,
    weighted: { precision, recall: accuracy, f1, oneVsRestAccuracy },
  };
}

/** Each error is one for two of the classes, so that the mean one-vs-rest accuracy is 1 - 2 (1 - accuracy) / classes. */
const meanOneVsRest = ([low, high]: Interval, classes: number): Interval => [
  1 - (2 * (1 - low)) / classes,
  1 - (2 * (1 - high)) / classes,
];

function classIntervals(counts: Tally, label: number): Record<ClassMetric, Interval> {
  const hits = counts.truePositives[label]!;
  const support = counts.support[label]!;
  const predicted = counts.predicted[label]!;
  const union = support + predicted - hits;
  return {
    precision: wilsonInterval(hits, predicted),
    recall: wilsonInterval(hits, support),
    f1: f1Interval(hits, union),
    oneVsRestAccuracy: wilsonInterval(counts.total - union + hits, counts.total),
  };
}

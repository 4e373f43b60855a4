import {
  classesOf,
  type LabelledProbabilities,
  type Predictions,
  pickWithoutCopies,
  predictedClasses,
} from '../run/predictions';
import { type Calibration, calibrationOf } from './calibration';
import { type ConfusionMatrix, confusionMatrix, type Tally, tally } from './confusion';
import { bootstrapIntervals, type ConfidenceInterval, f1Interval, wilsonInterval } from './intervals';
import { type ClassMetricName, computeMetrics, type MeanMetrics, type Metrics } from './metrics';

/**
 * 95 % intervals. Wilson's for proportions: accuracy and weighted recall (the same number), recall, precision,
 * one-vs-rest accuracy and its macro mean (which accuracy determines); Wilson's for F1 by way of TP / (TP + FP + FN);
 * the bootstrap over images for the other means.
 */
export interface MetricIntervals {
  readonly accuracy: ConfidenceInterval;
  readonly perClass: readonly Readonly<Record<ClassMetricName, ConfidenceInterval>>[];
  readonly macro: Readonly<Record<keyof MeanMetrics, ConfidenceInterval>>;
  readonly macroF1OfMeans: ConfidenceInterval;
  readonly weighted: Readonly<Record<keyof MeanMetrics, ConfidenceInterval>>;
}

/** What predictions of some images say about a model. */
export interface ImageNumbers {
  /** Images. */
  readonly count: number;
  readonly confusion: ConfusionMatrix;
  readonly metrics: Metrics;
  readonly intervals: MetricIntervals;
  readonly calibration: Calibration;
}

/** Everything that the predictions of one part say about a model. */
export interface Evaluation extends ImageNumbers {
  readonly part: Predictions['part'];
  /**
   * The same without the images of which the training part holds an exact copy: what was learnt, without what may be
   * remembered. Null where the predictions don't say which images these are.
   */
  readonly withoutCopies: ImageNumbers | null;
}

/** Evaluates saved predictions. @param options.seed of the bootstrap */
export function evaluatePredictions(predictions: Predictions, options: { seed?: number } = {}): Evaluation {
  const seed = options.seed ?? 0;
  const rest = pickWithoutCopies(predictions);
  return {
    part: predictions.part,
    ...evaluateImages(predictions, seed),
    withoutCopies: rest && evaluateImages(rest, seed),
  };
}

function evaluateImages(predictions: LabelledProbabilities, seed: number): ImageNumbers {
  const confusion = confusionMatrix(
    predictions.labels,
    predictedClasses(predictions),
    classesOf(predictions),
  );
  const counts = tally(confusion);
  return {
    count: counts.total,
    confusion,
    metrics: computeMetrics(counts),
    intervals: metricIntervals(confusion, seed),
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
    ]) as [
      ConfidenceInterval,
      ConfidenceInterval,
      ConfidenceInterval,
      ConfidenceInterval,
      ConfidenceInterval,
      ConfidenceInterval,
      ConfidenceInterval,
    ];
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
const meanOneVsRest = ([low, high]: ConfidenceInterval, classes: number): ConfidenceInterval => [
  1 - (2 * (1 - low)) / classes,
  1 - (2 * (1 - high)) / classes,
];

function classIntervals(counts: Tally, label: number): Record<ClassMetricName, ConfidenceInterval> {
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

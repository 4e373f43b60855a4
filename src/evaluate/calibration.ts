import { logProbability } from '../predict/temperature';
import { classesOf, type LabelledProbabilities } from '../run/predictions';

/** Bins of equal width over the confidence. */
const BINS = 15;

/** One bin of the reliability diagram. */
export interface ReliabilityBin {
  /** Images whose confidence (largest probability) lies in the bin. */
  readonly count: number;
  /** 0 in an empty bin, as is the accuracy. */
  readonly meanConfidence: number;
  readonly accuracy: number;
}

export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance of confidence and accuracy over the bins, weighted by images (Guo et al. 2017, arXiv 1706.04599). */
  readonly expectedCalibrationError: number;
  /**
   * The calibration error that a perfectly calibrated model with these confidences shows on average, as its hits are few
   * in each bin: errors near this floor say nothing against a model. By the normal approximation. Null in numbers that an
   * earlier version wrote.
   */
  readonly calibrationFloor: number | null;
  /** Mean of -log of the true class's probability, in nats. */
  readonly negativeLogLikelihood: number;
  /** Mean squared distance of the probabilities from the true class's 1 and the others' 0 (Brier 1950): 0 to 2. */
  readonly brierScore: number;
}

/** Compares how sure the model is with how often it is right. */
export function calibrationOf(predictions: LabelledProbabilities): Calibration {
  const bins = reliabilityBins(predictions);
  const total = predictions.labels.length;
  const gap = bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanConfidence - bin.accuracy), 0);
  return {
    bins,
    expectedCalibrationError: total === 0 ? 0 : gap / total,
    calibrationFloor: floorOf(predictions),
    ...scores(predictions),
  };
}

const binOf = (confidence: number) => Math.min(BINS - 1, Math.floor(confidence * BINS));

/** If each image is hit with its confidence as the probability, the hits of a bin have the variance of their sum. */
function floorOf(predictions: LabelledProbabilities): number {
  const variances = new Array<number>(BINS).fill(0);
  for (const i of predictions.labels.keys()) {
    const confidence = Math.max(...rowOf(predictions, i));
    variances[binOf(confidence)]! += confidence * (1 - confidence);
  }
  const meanGaps = variances.map((variance) => Math.sqrt((2 / Math.PI) * variance));
  return meanGaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, predictions.labels.length);
}

function rowOf(predictions: LabelledProbabilities, i: number): Float32Array {
  const classes = classesOf(predictions);
  return predictions.probabilities.subarray(i * classes, (i + 1) * classes);
}

function reliabilityBins(predictions: LabelledProbabilities): ReliabilityBin[] {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const [i, label] of predictions.labels.entries()) {
    const row = rowOf(predictions, i);
    const confidence = Math.max(...row);
    const bin = sums[binOf(confidence)]!;
    bin.count++;
    bin.confidence += confidence;
    bin.correct += row.indexOf(confidence) === label ? 1 : 0;
  }
  return sums.map(({ count, confidence, correct }) => ({
    count,
    meanConfidence: count === 0 ? 0 : confidence / count,
    accuracy: count === 0 ? 0 : correct / count,
  }));
}

function scores(
  predictions: LabelledProbabilities,
): Pick<Calibration, 'negativeLogLikelihood' | 'brierScore'> {
  let logLoss = 0;
  let squares = 0;
  for (const [i, label] of predictions.labels.entries()) {
    const row = rowOf(predictions, i);
    logLoss -= logProbability(row[label]!);
    for (const [k, probability] of row.entries()) squares += (probability - (k === label ? 1 : 0)) ** 2;
  }
  const total = Math.max(1, predictions.labels.length);
  return { negativeLogLikelihood: logLoss / total, brierScore: squares / total };
}

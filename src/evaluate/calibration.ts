import { EMOTION_COUNT } from '../dataset/emotions';
import type { Predictions } from './predictions';

/** Bins of equal width over the confidence. */
const BINS = 15;

/** One bin of the reliability diagram. */
export interface ReliabilityBin {
  /** Images whose confidence (largest probability) lies in the bin. */
  readonly count: number;
  readonly meanConfidence: number;
  readonly accuracy: number;
}

export interface Calibration {
  readonly bins: readonly ReliabilityBin[];
  /** Mean distance of confidence and accuracy over the bins, weighted by images (Guo et al. 2017, arXiv 1706.04599). */
  readonly expectedCalibrationError: number;
}

/** Compares how sure the model is with how often it is right. */
export function calibrationOf(predictions: Pick<Predictions, 'labels' | 'probabilities'>): Calibration {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, correct: 0 }));
  for (const [i, label] of predictions.labels.entries()) {
    const row = predictions.probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    const confidence = Math.max(...row);
    const bin = sums[Math.min(BINS - 1, Math.floor(confidence * BINS))]!;
    bin.count++;
    bin.confidence += confidence;
    bin.correct += row.indexOf(confidence) === label ? 1 : 0;
  }
  const bins = sums.map(({ count, confidence, correct }) => ({
    count,
    meanConfidence: count === 0 ? 0 : confidence / count,
    accuracy: count === 0 ? 0 : correct / count,
  }));
  const total = predictions.labels.length;
  const error = bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.meanConfidence - bin.accuracy), 0);
  return { bins, expectedCalibrationError: total === 0 ? 0 : error / total };
}

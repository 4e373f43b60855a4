import type { WeightsByName, WeightTensor } from '../../engine/weights';
import type { FeatureMatrix } from '../features/feature';

/** Images that a classifier learns from. */
export interface TrainingSet {
  readonly features: FeatureMatrix;
  /** Classes, [count]. */
  readonly labels: Uint8Array;
  /** How many classes there are. */
  readonly classes: number;
}

/** What was chosen on the validation part, such as the cost of errors. */
export type Settings = Readonly<Record<string, number>>;

export interface FitOptions {
  readonly settings: Settings;
  /** Of everything random. */
  readonly seed: number;
}

/** A way to tell classes apart by features. */
export interface FeatureClassifier {
  /** Fits the training images; the same options give the same bits. */
  fit(set: TrainingSet, options: FitOptions): WeightTensor[];
  /** Probabilities [count, classes] by what {@link fit} left. */
  predict(weights: WeightsByName, features: FeatureMatrix): Float32Array;
}

/** Turns scores into probabilities in place, class by class of each image. @param scores [count, classes] */
export function softmax(scores: Float32Array, classes: number): Float32Array {
  for (let at = 0; at < scores.length; at += classes) {
    const some = scores.subarray(at, at + classes);
    const largest = Math.max(...some);
    let sum = 0;
    for (let i = 0; i < classes; i++) {
      some[i] = Math.exp(some[i]! - largest);
      sum += some[i]!;
    }
    for (let i = 0; i < classes; i++) some[i]! /= sum;
  }
  return scores;
}

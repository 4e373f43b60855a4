import type { MixedLabels } from '../augment/mixup';

/** How wrong answers are counted. */
export interface LossOptions {
  /** Share of each target that is spread evenly over all classes (Szegedy et al. 2016, arXiv 1512.00567); 0 unless given. */
  readonly labelSmoothing?: number;
  /** Factor of each class's images in the mean loss, [classes]; all 1 unless given. */
  readonly classWeights?: readonly number[];
}

/** What a teacher says of the images (distillation, Hinton et al. 2015, arXiv 1503.02531). */
export interface TaughtLabels {
  /** The teacher's probabilities, [batch, classes]. */
  readonly probabilities: Float32Array;
  /** Share of each target that is the teacher's; the label has the rest. */
  readonly share: number;
}

/** Target distributions [batch, classes]: 1 - s + s / classes for the label, s / classes elsewhere. */
export function smoothedTargets(labels: Uint8Array, classes: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  labels.forEach((label, i) => {
    targets[i * classes + label]! += 1 - labelSmoothing;
  });
  return targets;
}

/** Target distributions [batch, classes] of which a share is the teacher's. @param targets [batch, classes] */
export function taughtTargets(targets: Float32Array, { probabilities, share }: TaughtLabels): Float32Array {
  return targets.map((target, k) => (1 - share) * target + share * probabilities[k]!);
}

/** Target distributions [batch, classes] of mixed images: those of both, in proportion. @param targets [batch, classes] */
export function mixedTargets(targets: Float32Array, { partners, shares }: MixedLabels): Float32Array {
  const classes = targets.length / shares.length;
  return targets.map((target, k) => {
    const image = Math.floor(k / classes);
    const other = targets[partners[image]! * classes + (k % classes)]!;
    return shares[image]! * target + (1 - shares[image]!) * other;
  });
}

/** Factor of each image in the loss, [batch, 1]; their sum is 1, so that the loss is a weighted mean. */
export function imageWeights(labels: Uint8Array, classWeights: readonly number[] | undefined): Float32Array {
  const weights = Float32Array.from(labels, (label) => classWeights?.[label] ?? 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** How many rows of `logits` [batch, classes] are largest at their label. */
export function countCorrect(logits: Float32Array, labels: Uint8Array): number {
  const classes = logits.length / labels.length;
  return labels.reduce((correct, label, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes);
    return correct + (row.indexOf(Math.max(...row)) === label ? 1 : 0);
  }, 0);
}

/** How wrong answers are counted. */
export interface LossOptions {
  /** Share of each target that is spread evenly over all classes (Szegedy et al. 2016, arXiv 1512.00567); 0 unless given. */
  readonly labelSmoothing?: number;
  /** Factor of each class's images in the mean loss, [classes]; all 1 unless given. */
  readonly classWeights?: readonly number[];
}

/** Images that show two faces each, with targets in proportion. */
export interface MixedLabels {
  /** Class of the image that was mixed in, [batch]. */
  readonly partners: Uint8Array;
  /** Share of the image itself, [batch], at least a half; its partner has the rest. */
  readonly shares: Float32Array;
}

/** Target distributions [batch, classes]: 1 - s + s / classes for the label, s / classes elsewhere. */
export function smoothedTargets(labels: Uint8Array, classes: number, labelSmoothing: number): Float32Array {
  const targets = new Float32Array(labels.length * classes).fill(labelSmoothing / classes);
  labels.forEach((label, i) => {
    targets[i * classes + label]! += 1 - labelSmoothing;
  });
  return targets;
}

/** Target distributions [batch, classes] of mixed images: those of both labels, in proportion. */
export function mixedTargets(
  labels: Uint8Array,
  { partners, shares }: MixedLabels,
  options: { classes: number; labelSmoothing: number },
): Float32Array {
  const { classes, labelSmoothing } = options;
  const own = smoothedTargets(labels, classes, labelSmoothing);
  const other = smoothedTargets(partners, classes, labelSmoothing);
  return own.map((target, k) => {
    const share = shares[Math.floor(k / classes)]!;
    return share * target + (1 - share) * other[k]!;
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

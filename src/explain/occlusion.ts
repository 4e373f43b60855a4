/** What says how probable each class is: [count, classes] for images [count, side, side] in [0, 1]. */
export type PredictImages = (images: Float32Array, count: number) => Float32Array;

export interface OcclusionOptions {
  readonly side: number;
  readonly classes: number;
  /** The class whose probability is watched. */
  readonly label: number;
  /** Side of the square that covers a part, in pixels; 8 unless given. */
  readonly patch?: number;
  /** Pixels from one square to the next; 2 unless given. */
  readonly step?: number;
}

/**
 * How much less probable a class becomes where a grey square covers a part of the image (Zeiler and Fergus 2014,
 * arXiv 1311.2901): for each pixel the mean over the squares that cover it.
 * @param image [side, side] in [0, 1]; the squares have its mean level
 * @returns [side, side], in shares of probability; negative where the class gains
 */
export function occlusionMap(
  image: Float32Array,
  predict: PredictImages,
  { side, classes, label, patch = 8, step = 2 }: OcclusionOptions,
): Float32Array {
  const corners = cornersOf(side, patch, step);
  const level = image.reduce((sum, value) => sum + value, 0) / image.length;
  const covered = new Float32Array((corners.length + 1) * image.length);
  covered.set(image);
  for (const [i, { x, y }] of corners.entries()) {
    const one = covered.subarray((i + 1) * image.length, (i + 2) * image.length);
    one.set(image);
    for (let row = y; row < y + patch; row++)
      one.fill(level, row * side + x, row * side + Math.min(side, x + patch));
  }
  const probabilities = predict(covered, corners.length + 1);
  const losses = corners.map((_, i) => probabilities[label]! - probabilities[(i + 1) * classes + label]!);
  return spread(losses, corners, { side, patch });
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function cornersOf(side: number, patch: number, step: number): Corner[] {
  const starts = Array.from({ length: Math.floor((side - patch) / step) + 1 }, (_, i) => i * step);
  return starts.flatMap((y) => starts.map((x) => ({ x, y })));
}

function spread(
  losses: readonly number[],
  corners: readonly Corner[],
  { side, patch }: { side: number; patch: number },
): Float32Array {
  const [sums, counts] = [new Float32Array(side * side), new Float32Array(side * side)];
  for (const [i, { x, y }] of corners.entries())
    for (let row = y; row < y + patch; row++)
      for (let column = x; column < x + patch; column++) {
        sums[row * side + column]! += losses[i]!;
        counts[row * side + column]!++;
      }
  return sums.map((sum, i) => (counts[i]! > 0 ? sum / counts[i]! : 0));
}

import type { RandomStream } from '../random';

/** Images that show two faces each, with targets in proportion. */
export interface MixedLabels {
  /** Which image of the batch was mixed in, [batch]. */
  readonly partners: Uint32Array;
  /** Share of the image itself, [batch], at least a half; its partner has the rest. */
  readonly shares: Float32Array;
}

/**
 * Mixes each image of a batch with its neighbour, the last with the first, in place (mixup, Zhang et al. 2018, arXiv 1710.09412). The order of a
 * batch is random already, so that neighbours are random pairs. Shares are Beta(alpha, alpha), folded to [0.5, 1].
 * @param images [count, ...] of any size
 * @param alpha above 0; small values mix little
 */
export function mixNeighbours(
  images: Float32Array,
  count: number,
  { alpha, stream }: { alpha: number; stream: RandomStream },
): MixedLabels {
  const size = images.length / count;
  const first = images.slice(0, size);
  const shares = Float32Array.from({ length: count }, () => foldedBeta(alpha, stream));
  for (const [i, share] of shares.entries()) {
    const image = images.subarray(i * size, (i + 1) * size);
    const next = i + 1 < count ? images.subarray((i + 1) * size, (i + 2) * size) : first;
    for (let k = 0; k < size; k++) image[k] = share * image[k]! + (1 - share) * next[k]!;
  }
  return { partners: Uint32Array.from(shares, (_, i) => (i + 1) % count), shares };
}

/** The larger of b and 1 - b for b ~ Beta(alpha, alpha), by the rejection method of Joehnk (1964), in logarithms. */
function foldedBeta(alpha: number, stream: RandomStream): number {
  for (;;) {
    // 1 - uniform lies in (0, 1], where the logarithm is finite.
    const [x, y] = [Math.log(1 - stream.uniform()) / alpha, Math.log(1 - stream.uniform()) / alpha];
    const largest = Math.max(x, y);
    const logSum = largest + Math.log1p(Math.exp(Math.min(x, y) - largest));
    if (logSum <= 0) return Math.exp(largest - logSum);
  }
}

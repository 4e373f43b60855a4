import type { FeatureMatrix } from '../features/feature';

/** More could not be told apart by a byte. */
const MOST_BINS = 256;

/** Features cut into bins, by feature. */
export interface FeatureBins {
  /** Bin of each image, [width][count]. */
  readonly columns: readonly Uint8Array[];
  /** Upper ends of all bins but the last, ascending: a value is in bin `b` if it is at most `edges[b]`, and above those before. */
  readonly edges: readonly Float32Array[];
}

/** Cuts each feature where it leaves equally many images on each side, or between all its values if they are few. */
export function binFeatures({ values, count, width }: FeatureMatrix): FeatureBins {
  const columns: Uint8Array[] = [];
  const edges: Float32Array[] = [];
  const column = new Float32Array(count);
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < count; i++) column[i] = values[i * width + j]!;
    const ends = edgesOf(column);
    edges.push(ends);
    columns.push(Uint8Array.from(column, (value) => binOf(value, ends)));
  }
  return { columns, edges };
}

function edgesOf(column: Float32Array): Float32Array {
  const sorted = column.slice().sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= MOST_BINS) return distinct.slice(0, -1);
  const cuts = Array.from({ length: MOST_BINS - 1 }, (_, cut) => {
    return sorted[Math.floor(((cut + 1) * sorted.length) / MOST_BINS)]!;
  });
  return Float32Array.from(new Set(cuts.filter((cut) => cut < sorted.at(-1)!)));
}

/** How many edges lie below a value. */
function binOf(value: number, edges: Float32Array): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

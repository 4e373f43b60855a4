import type { FeatureMaps } from './explained-network';

/**
 * A map of one channel enlarged to [side, side], each value from between its four neighbours, its largest value 1; all 0
 * where it is.
 */
export function enlargeMap({ values, height, width }: FeatureMaps, side: number): Float32Array {
  const most = Math.max(...values);
  const result = new Float32Array(side * side);
  if (!(most > 0)) return result;
  const [rows, columns] = [placesOf(side, height), placesOf(side, width)];
  for (const [y, [top, bottom, down]] of rows.entries())
    for (const [x, [left, right, across]] of columns.entries()) {
      const between = (row: number) =>
        values[row * width + left]! * (1 - across) + values[row * width + right]! * across;
      result[y * side + x] = (between(top) * (1 - down) + between(bottom) * down) / most;
    }
  return result;
}

/** For each place on the longer side: the two samples around it, and the share of the second. */
function placesOf(length: number, samples: number): readonly (readonly [number, number, number])[] {
  return Array.from({ length }, (_, i) => {
    const place = Math.min(samples - 1, Math.max(0, ((i + 0.5) * samples) / length - 0.5));
    const first = Math.floor(place);
    return [first, Math.min(samples - 1, first + 1), place - first] as const;
  });
}

/** Spearman's rank correlation of two maps of the same size; 0 where one of them is constant. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [first, second] = [ranksOf(a), ranksOf(b)];
  const mean = (first.length - 1) / 2;
  let [shared, ofFirst, ofSecond] = [0, 0, 0];
  for (const [i, rank] of first.entries()) {
    const [x, y] = [rank - mean, second[i]! - mean];
    shared += x * y;
    ofFirst += x * x;
    ofSecond += y * y;
  }
  return ofFirst > 0 && ofSecond > 0 ? shared / Math.sqrt(ofFirst * ofSecond) : 0;
}

/** Ranks from 0; equal values share the mean of theirs. */
function ranksOf(values: ArrayLike<number>): number[] {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const ranks = new Array<number>(order.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
    for (let k = start; k <= end; k++) ranks[order[k]!] = (start + end) / 2;
    start = end + 1;
  }
  return ranks;
}

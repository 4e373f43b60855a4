import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../random';
import { type ConfusionMatrix, tally } from './confusion';
import { computeMetrics, type Metrics } from './metrics';

/** Lower and upper end. */
export type ConfidenceInterval = readonly [low: number, high: number];

/** Standard normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/** Standard normal quantile, by bisection. @param probability from 1e-15 to 1 - 1e-15 */
export function normalQuantile(probability: number): number {
  let [low, high] = [-8, 8];
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Standard normal distribution function (Abramowitz and Stegun 1964, 26.2.11: a series of positive terms). */
export function normalProbability(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** 95 % interval of a proportion (Wilson 1927); [0, 1] where there is nothing to count. */
export function wilsonInterval(successes: number, trials: number): ConfidenceInterval {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const z2 = (Z * Z) / trials;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  // At the ends the sum is exact on paper, but not in floating point.
  return [successes === 0 ? 0 : middle - half, successes === trials ? 1 : middle + half];
}

/**
 * 95 % interval of one class's F1, by Wilson's interval of the proportion J = TP / (TP + FP + FN), of which F1 is the
 * rising function 2 J / (1 + J) (the "Wilson indirect" method of Lam, Gopal and Qian 2023, arXiv 2309.14621).
 * @param union images that are of the class or were called it: TP + FP + FN
 */
export function f1Interval(truePositives: number, union: number): ConfidenceInterval {
  const [low, high] = wilsonInterval(truePositives, union);
  return [(2 * low) / (1 + low), (2 * high) / (1 + high)];
}

/** Draws of the bootstrap. */
export const BOOTSTRAP_DRAWS = 1000;

/**
 * 95 % percentile intervals (Efron 1979) of statistics of the metrics: the images are drawn anew with
 * replacement, {@link BOOTSTRAP_DRAWS} times. All that counts of an image is its cell of the matrix.
 * @param statistics numbers of interest, the same number for every input
 */
export function bootstrapIntervals(
  matrix: ConfusionMatrix,
  seed: number,
  statistics: (metrics: Metrics) => readonly number[],
): ConfidenceInterval[] {
  const stream = randomStream(seed, 'bootstrap');
  const cells = cellsOf(matrix);
  const draws = Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    const counts = new Uint32Array(matrix.length ** 2);
    for (let i = 0; i < cells.length; i++) counts[cells[stream.integer(cells.length)]!]!++;
    return statistics(computeMetrics(tally(toMatrix(counts, matrix.length))));
  });
  return draws[0]!.map((_, k) => {
    const sorted = draws.map((draw) => draw[k]!).sort((a, b) => a - b);
    return [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)];
  });
}

/** The cell (row times classes plus column) of each image, in the order of the cells. */
function cellsOf(matrix: ConfusionMatrix): Uint16Array {
  return Uint16Array.from(matrix.flat().flatMap((count, cell) => new Array<number>(count).fill(cell)));
}

function toMatrix(counts: Uint32Array, classes: number): ConfusionMatrix {
  return Array.from({ length: classes }, (_, row) => [
    ...counts.subarray(row * classes, (row + 1) * classes),
  ]);
}

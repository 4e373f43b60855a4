import { quantileSorted } from 'simple-statistics';
import { randomStream } from '../random';
import { confusionMatrix, tally } from './confusion';
import { computeMetrics, type Metrics } from './metrics';

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/** Standard normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/** 95 % interval of a proportion (Wilson 1927); [0, 1] where there is nothing to count. */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const z2 = (Z * Z) / trials;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Draws of the bootstrap. */
export const BOOTSTRAP_DRAWS = 1000;

/**
 * 95 % percentile intervals (Efron 1979) of statistics of the metrics: the images are drawn anew with
 * replacement, {@link BOOTSTRAP_DRAWS} times.
 * @param labels true classes, @param predicted classes of the same images
 * @param statistics numbers of interest, the same number for every input
 */
export function bootstrapIntervals(
  labels: Uint8Array,
  predicted: Uint8Array,
  options: { classes: number; seed: number; statistics: (metrics: Metrics) => readonly number[] },
): Interval[] {
  const count = labels.length;
  const stream = randomStream(options.seed, 'bootstrap');
  const drawnLabels = new Uint8Array(count);
  const drawnPredicted = new Uint8Array(count);
  const draws = Array.from({ length: BOOTSTRAP_DRAWS }, () => {
    for (let i = 0; i < count; i++) {
      const from = stream.integer(count);
      drawnLabels[i] = labels[from]!;
      drawnPredicted[i] = predicted[from]!;
    }
    const matrix = confusionMatrix(drawnLabels, drawnPredicted, options.classes);
    return options.statistics(computeMetrics(tally(matrix)));
  });
  return draws[0]!.map((_, k) => {
    const sorted = draws.map((draw) => draw[k]!).sort((a, b) => a - b);
    return [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)];
  });
}

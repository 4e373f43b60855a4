import { gammaln, mean, sampleStandardDeviation } from 'simple-statistics';
import type { ConfidenceInterval } from './intervals';

/**
 * 95 % interval of the mean of a few independent numbers, such as one of each seed (Student 1908).
 * @param values two or more
 */
export function meanInterval(values: readonly number[]): ConfidenceInterval {
  const all = [...values];
  const middle = mean(all);
  const half =
    (studentQuantile(0.975, all.length - 1) * sampleStandardDeviation(all)) / Math.sqrt(all.length);
  return [middle - half, middle + half];
}

/** Quantile of Student's t, by bisection. @param probability from 0.5 to 0.999 */
export function studentQuantile(probability: number, freedom: number): number {
  let [low, high] = [0, 1000];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, freedom) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Pieces of Simpson's rule. */
const PIECES = 2000;

/** Distribution function of Student's t for t >= 0, by the angle whose tangent is t / sqrt(freedom). */
function studentProbability(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const density = (at: number) => Math.cos(at) ** (freedom - 1);
  let sum = density(0) + density(angle);
  for (let i = 1; i < PIECES; i++) sum += (i % 2 === 1 ? 4 : 2) * density((i * angle) / PIECES);
  const scale = Math.exp(gammaln((freedom + 1) / 2) - gammaln(freedom / 2)) / Math.sqrt(Math.PI);
  return 0.5 + (scale * sum * angle) / (3 * PIECES);
}

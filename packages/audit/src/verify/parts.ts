import type { Claim } from '../claim/claim';
import { printsSigned } from './print';
import { mean, overRoot, plus, type Ratio, times } from './ratio';

/** Correct answers and items of one run or fold. */
interface Part {
  readonly correct: number;
  readonly items: number;
}

/** The mean of the accuracies; undefined of none. */
export function meanAccuracy(parts: readonly Part[]): Ratio | undefined {
  return mean(accuraciesOf(parts));
}

function accuraciesOf(parts: readonly Part[]): Ratio[] {
  return parts.map(({ correct, items }): Ratio => [BigInt(correct), BigInt(items)]);
}

/** Whether the parts are counts, add up to the matrix, and have the sizes that the claim's runs or folds have. */
export function arePartsOf(
  { aggregation }: Claim,
  parts: readonly Part[],
  matrix: readonly (readonly number[])[],
): boolean {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const rows = matrix.map(sum);
  const right = matrix.map((row, i) => row[i]!);
  const counts = parts.every(
    ({ correct, items }) =>
      Number.isInteger(correct) && Number.isInteger(items) && correct >= 0 && correct <= items && items > 0,
  );
  const sizes = parts.map(({ items }) => items);
  const spread = Math.max(...sizes) - Math.min(...sizes);
  if (!counts || sum(sizes) !== sum(rows) || sum(parts.map(({ correct }) => correct)) !== sum(right))
    return false;
  if (aggregation?.kind === 'folds') return parts.length === aggregation.count && spread <= 1;
  return (
    aggregation?.kind === 'runs' &&
    parts.length === aggregation.count &&
    spread === 0 &&
    areRunsOf(parts, { rows, right })
  );
}

/**
 * Whether matrices of single runs, each with the same items of each class, add up to one with these row sums and this diagonal:
 * any m runs have at most as many right answers of a class as all runs have, and as m times its items in one run (Gale and
 * Ryser 1957).
 */
function areRunsOf(
  parts: readonly Part[],
  { rows, right }: { rows: readonly number[]; right: readonly number[] },
): boolean {
  const falling = parts.map(({ correct }) => correct).sort((a, b) => b - a);
  let best = 0;
  return falling.every((correct, i) => {
    best += correct;
    const most = right.reduce((sum, t, k) => sum + Math.min(t, ((i + 1) * rows[k]!) / parts.length), 0);
    return best <= most;
  });
}

/** Whether the standard deviation of the accuracies may be printed as this text. */
export function isDeviation(parts: readonly Part[], text: string, claim: Claim): boolean {
  const values = accuraciesOf(parts);
  const center = mean(values)!;
  const [top, bottom] = values
    .map((value) => plus(value, times(center, [-1n, 1n])))
    .map((distance) => times(distance, distance))
    .reduce(plus);
  const divisors = { sample: [parts.length - 1], population: [parts.length] };
  const both = [...divisors.population, ...divisors.sample];
  const asked = claim.deviationKind ? divisors[claim.deviationKind] : both;
  const isMarked = text.includes('%') || claim.scale !== 'percent';
  const figure = isMarked ? text : `${text}%`;
  return asked.some((divisor) => {
    const below = bottom * BigInt(divisor);
    const root: Ratio = top === 0n ? [0n, 1n] : overRoot(top, top * below);
    return printsSigned(root, figure, claim.rounding ?? 'nearest');
  });
}

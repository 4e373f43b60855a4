/**
 * A fraction of whole numbers with a denominator above 0. The checker of witnesses has its own arithmetic, so that a
 * fault in the search's fractions and intervals can't hide behind itself.
 */
export type Ratio = readonly [numerator: bigint, denominator: bigint];

export const NOTHING: Ratio = [0n, 1n];

/** The ratio of two counts; undefined where the lower is 0. */
export function over(top: number, bottom: number): Ratio | undefined {
  return bottom === 0 ? undefined : [BigInt(top), BigInt(bottom)];
}

export function plus([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return reduce(a * d + c * b, b * d);
}

export function times([a, b]: Ratio, [c, d]: Ratio): Ratio {
  return reduce(a * c, b * d);
}

export function total(values: readonly Ratio[]): Ratio {
  return values.reduce(plus, NOTHING);
}

/** The plain mean; undefined of no values. */
export function mean(values: readonly Ratio[]): Ratio | undefined {
  return values.length === 0 ? undefined : times(total(values), [1n, BigInt(values.length)]);
}

/** 2ab / (a + b); 0 when both are 0. */
export function harmonic(a: Ratio, b: Ratio): Ratio {
  const [top, bottom] = plus(a, b);
  return top === 0n ? NOTHING : times(times([2n, 1n], times(a, b)), [bottom, top]);
}

/** The ratio with six decimals, for a reader. */
export function decimal([top, bottom]: Ratio): string {
  const size = top < 0n ? -top : top;
  const millionths = ((size * 2_000_000n) / bottom + 1n) / 2n;
  const digits = millionths.toString().padStart(7, '0');
  return `${top < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/**
 * a / sqrt(b), exact where b is a square, else with 100 digits behind the point: printed figures have far fewer, and an irrational
 * number is never so near to one that rounding it would differ.
 */
export function overRoot(a: bigint, b: bigint): Ratio {
  const root = wholeRoot(b);
  if (root * root === b) return reduce(a, root);
  const unit = 10n ** 100n;
  return reduce(a * unit, wholeRoot(b * unit * unit));
}

/** Digits behind the point to which roots are computed. */
const ROOT_DIGITS = 60n;

/** The k-th root of a number from 0 on: exact where it has few decimals, else rounded down at its 60th. */
export function rootOf([a, b]: Ratio, k: number): Ratio {
  const unit = 10n ** ROOT_DIGITS;
  const value = (a * unit ** BigInt(k)) / b;
  let [low, high] = [0n, 1n << BigInt(Math.ceil(value.toString(2).length / k) + 1)];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** BigInt(k) <= value) low = middle;
    else high = middle;
  }
  return reduce(low, unit);
}

/** The largest whole number whose square is at most `value` (Newton). */
function wholeRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (let next = (root + value / root) / 2n; next < root; next = (root + value / root) / 2n) root = next;
  return root;
}

function reduce(a: bigint, b: bigint): Ratio {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x > 1n ? [a / x, b / x] : [a, b];
}

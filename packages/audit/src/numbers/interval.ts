import { Fraction } from './fraction';

/** How the printed figures were shortened to their decimals; `unknown` allows every one of the other three. */
export type Rounding = 'nearest' | 'truncated' | 'up' | 'unknown';

/** A set of rational numbers between two ends, each of which may or may not belong to it. */
export interface Interval {
  readonly lo: Fraction;
  readonly hi: Fraction;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

export const ZERO: Fraction = new Fraction(0);
export const ONE: Fraction = new Fraction(1);

/** The closed interval [0, 1], in which every ratio lies. */
export const UNIT: Interval = { lo: ZERO, hi: ONE, loOpen: false, hiOpen: false };

/** The closed interval that holds one number. */
export function point(value: Fraction): Interval {
  return { lo: value, hi: value, loOpen: false, hiOpen: false };
}

/** The closed interval between two numbers. */
export function closed(lo: Fraction, hi: Fraction): Interval {
  return { lo, hi, loOpen: false, hiOpen: false };
}

/** True when no number lies in the interval. */
export function isEmpty(interval: Interval): boolean {
  const order = interval.lo.compare(interval.hi);
  return order > 0 || (order === 0 && (interval.loOpen || interval.hiOpen));
}

/** The numbers that lie in both intervals. */
export function intersect(a: Interval, b: Interval): Interval {
  const low = a.lo.compare(b.lo);
  const high = a.hi.compare(b.hi);
  return {
    lo: low >= 0 ? a.lo : b.lo,
    loOpen: low === 0 ? a.loOpen || b.loOpen : low > 0 ? a.loOpen : b.loOpen,
    hi: high <= 0 ? a.hi : b.hi,
    hiOpen: high === 0 ? a.hiOpen || b.hiOpen : high < 0 ? a.hiOpen : b.hiOpen,
  };
}

/** True when the number lies in the interval. */
export function contains(interval: Interval, value: Fraction): boolean {
  const low = value.compare(interval.lo);
  const high = value.compare(interval.hi);
  return (low > 0 || (low === 0 && !interval.loOpen)) && (high < 0 || (high === 0 && !interval.hiOpen));
}

/** All sums of a number from each interval. */
export function add(a: Interval, b: Interval): Interval {
  return {
    lo: a.lo.add(b.lo),
    hi: a.hi.add(b.hi),
    loOpen: a.loOpen || b.loOpen,
    hiOpen: a.hiOpen || b.hiOpen,
  };
}

/** The interval under x -> factor * x + offset; a negative factor swaps the ends. */
export function affine(interval: Interval, factor: Fraction, offset: Fraction = ZERO): Interval {
  const lo = interval.lo.mul(factor).add(offset);
  const hi = interval.hi.mul(factor).add(offset);
  if (factor.compare(0) >= 0) return { lo, hi, loOpen: interval.loOpen, hiOpen: interval.hiOpen };
  return { lo: hi, hi: lo, loOpen: interval.hiOpen, hiOpen: interval.loOpen };
}

/** The interval under x -> x^k, of numbers from 0 on. */
export function powerInterval({ lo, hi, loOpen, hiOpen }: Interval, k: number): Interval {
  const power = ({ n, d }: Fraction) => new Fraction(n ** BigInt(k), d ** BigInt(k));
  return { lo: power(lo), hi: power(hi), loOpen, hiOpen };
}

/** Harmonic mean 2ab / (a + b), which is 0 when both are 0: F1 from precision and recall. */
export function harmonicMean(a: Fraction, b: Fraction): Fraction {
  const sum = a.add(b);
  return sum.equals(0) ? ZERO : a.mul(b).mul(2).div(sum);
}

/** All harmonic means of a number from each interval; the mean grows with both, so the ends suffice. */
export function harmonicInterval(a: Interval, b: Interval): Interval {
  return {
    lo: harmonicMean(a.lo, b.lo),
    hi: harmonicMean(a.hi, b.hi),
    loOpen: a.loOpen || b.loOpen,
    hiOpen: a.hiOpen || b.hiOpen,
  };
}

/** Largest whole number that is at most `value` (below it, when `open`). */
export function floorOf(value: Fraction, open = false): number {
  const floor = value.floor();
  return Number(floor.valueOf()) - (open && floor.equals(value) ? 1 : 0);
}

/** Smallest whole number that is at least `value` (above it, when `open`). */
export function ceilOf(value: Fraction, open = false): number {
  const ceil = value.ceil();
  return Number(ceil.valueOf()) + (open && ceil.equals(value) ? 1 : 0);
}

/** Whole numbers from `from` to `to`; none when `from` exceeds `to`. */
export interface CountRange {
  readonly from: number;
  readonly to: number;
}

/** The whole numbers k between 0 and n for which k / n lies in the interval. */
export function countsFor(interval: Interval, n: number): CountRange {
  const scaled = affine(interval, new Fraction(n));
  return {
    from: Math.max(0, ceilOf(scaled.lo, scaled.loOpen)),
    to: Math.min(n, floorOf(scaled.hi, scaled.hiOpen)),
  };
}

/** The interval as a reader writes it, such as `[0.855, 0.865)`. */
export function formatInterval(interval: Interval): string {
  const [open, close] = [interval.loOpen ? '(' : '[', interval.hiOpen ? ')' : ']'];
  return `${open}${formatFraction(interval.lo)}, ${formatFraction(interval.hi)}${close}`;
}

/** A fraction as a decimal of at most six places, or of all its places where it ends. */
export function formatFraction(value: Fraction): string {
  const exact = value.toString(12);
  if (!exact.includes('(') && exact.length <= 12) return exact;
  return Number(value.valueOf()).toPrecision(6);
}

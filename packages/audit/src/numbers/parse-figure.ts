import { ClaimError } from '../error';
import { Fraction } from './fraction';
import { affine, type Interval, intersect, isEmpty, type Rounding, UNIT } from './interval';

/** Longest figure that is read: more digits than any result has. */
export const MAX_FIGURE_LENGTH = 24;

const FIGURE = /^(\d*)(?:\.(\d*))?\s*(%?)$/;

/** A figure as printed, and the numbers that would be printed so. */
export interface ParsedFigure {
  /** The characters printed. */
  readonly text: string;
  /** Number of decimals of the fraction: `73.28%` has four. */
  readonly decimals: number;
  /** The values in [0, 1] that are printed as `text`. */
  readonly interval: Interval;
}

/**
 * Reads a figure and works out which numbers are printed so.
 *
 * With u one unit of the last decimal, `nearest` allows [v - u/2, v + u/2] with both ends (programs differ in
 * where they put halves), `truncated` [v, v + u), `up` (v - u, v], `unknown` the union (v - u, v + u).
 * Trailing zeros count, so the figure must be a string. A figure of seven digits or more may be an unrounded float, of 32
 * bits at worst, so it stands for all numbers in its neighbourhood.
 * @param field where the figure stands, for the error message
 * @param scale `percent` when a figure without a percent sign means hundredths
 * @throws ClaimError when it is not a figure, or none of the numbers lies in [0, 1]
 */
export function parseFigure(text: string, options: FigureOptions): ParsedFigure {
  const { interval: whole, ...figure } = parseMagnitude(text, options);
  const interval = intersect(whole, UNIT);
  if (isEmpty(interval))
    throw outOfRange(text, options.field, isPercent(text, options) ? 'percent' : 'fraction');
  return { ...figure, interval };
}

interface FigureOptions {
  readonly field: string;
  readonly scale: 'fraction' | 'percent';
  readonly rounding: Rounding;
  /** The figure with its sign, where it may have one. */
  readonly whole?: string;
}

function isPercent(text: string, { scale }: FigureOptions): boolean {
  return scale === 'percent' || text.includes('%');
}

/** As `parseFigure`, with numbers beyond 0 and 1 that are shortened to the figure. */
function parseMagnitude(text: string, options: FigureOptions): ParsedFigure {
  const match = text.length <= MAX_FIGURE_LENGTH ? FIGURE.exec(text.trim()) : null;
  const digits = match ? `${match[1]}${match[2] ?? ''}` : '';
  if (!match || digits === '') throw notAFigure(text, options.field);
  const percent = isPercent(text, options);
  const decimals = (match[2] ?? '').length + (percent ? 2 : 0);
  const unit = new Fraction(1n, 10n ** BigInt(decimals));
  const value = unit.mul(BigInt(digits));
  if (value.gt(1))
    throw outOfRange(
      options.whole ?? text,
      options.field,
      options.whole ? 'signed' : percent ? 'percent' : 'fraction',
    );
  const rounded = roundingInterval(value, unit, options.rounding);
  const interval = BigInt(digits).toString().length >= FLOAT_DIGITS ? withFloats(rounded, value) : rounded;
  return { text: text.trim(), decimals, interval };
}

/**
 * Reads a figure between -1 and 1, such as a correlation: a fraction unless it has a percent sign. Programs shorten numbers
 * below 0 towards 0 or downwards, so where they are not rounded to nearest both are allowed.
 * @throws ClaimError as `parseFigure`
 */
export function parseSignedFigure(
  text: string,
  { field, rounding }: { field: string; rounding: Rounding },
): ParsedFigure {
  const [, sign = '', digits = text] = /^\s*([-−]?)(.*)$/s.exec(text) ?? [];
  const isBelow = sign !== '' || !/[1-9]/.test(digits);
  const shortened = isBelow && rounding !== 'nearest' ? 'unknown' : rounding;
  const { interval, decimals } = parseMagnitude(digits, {
    field,
    scale: 'fraction',
    rounding: shortened,
    whole: text,
  });
  const turned = sign === '' ? interval : affine(interval, new Fraction(-1));
  const whole = intersect(turned, { ...UNIT, lo: new Fraction(-1) });
  if (isEmpty(whole)) throw outOfRange(text, field, 'signed');
  return { text: text.trim(), decimals, interval: whole };
}

/** Significant digits from which a figure may be a float as a program holds it, and not a number rounded for print. */
const FLOAT_DIGITS = 7;

/** Largest relative error of such a figure: four units of the 24 binary digits that floats of 32 bits have. */
const FLOAT_ERROR = new Fraction(1n, 2n ** 22n);

/** The interval with the numbers that a float near the value may stand for. */
function withFloats(rounded: Interval, value: Fraction): Interval {
  const error = value.mul(FLOAT_ERROR);
  const [least, most] = [value.sub(error), value.add(error)];
  const [below, above] = [least.lte(rounded.lo), most.gte(rounded.hi)];
  return {
    lo: below ? least : rounded.lo,
    loOpen: below ? false : rounded.loOpen,
    hi: above ? most : rounded.hi,
    hiOpen: above ? false : rounded.hiOpen,
  };
}

/** The numbers that are shortened to `value` when the last decimal counts `unit`. */
export function roundingInterval(value: Fraction, unit: Fraction, rounding: Rounding): Interval {
  const half = unit.div(2);
  switch (rounding) {
    case 'nearest':
      return { lo: value.sub(half), hi: value.add(half), loOpen: false, hiOpen: false };
    case 'truncated':
      return { lo: value, hi: value.add(unit), loOpen: false, hiOpen: true };
    case 'up':
      return { lo: value.sub(unit), hi: value, loOpen: true, hiOpen: false };
    case 'unknown':
      return { lo: value.sub(unit), hi: value.add(unit), loOpen: true, hiOpen: true };
  }
}

function notAFigure(text: string, field: string): ClaimError {
  const shown = text.length > 40 ? `${text.slice(0, 20)}... (${text.length} characters)` : text;
  return new ClaimError(`${field}: '${shown}' is not a figure`, {
    remedy: `write digits with a decimal point, such as "0.86" or "73.28%", at most ${MAX_FIGURE_LENGTH} characters`,
  });
}

function outOfRange(text: string, field: string, kind: 'fraction' | 'percent' | 'signed'): ClaimError {
  const ranges = { signed: '-1 to 1', percent: '0 to 100 %', fraction: '0 to 1' };
  const remedies = {
    signed: 'write percentages with a percent sign',
    percent: 'copy the figure exactly as printed',
    fraction: 'write percentages with a percent sign, or set "scale": "percent" for the whole claim',
  };
  return new ClaimError(`${field}: '${text.trim()}' lies outside ${ranges[kind]}`, {
    remedy: remedies[kind],
  });
}

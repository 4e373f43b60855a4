import type { Rounding } from '../numbers/interval';
import type { Ratio } from './ratio';

/** How the figures of a claim are written. */
export interface Printing {
  readonly scale: 'fraction' | 'percent';
  readonly rounding: Rounding;
}

/** A figure as a whole number of units of its last decimal. */
function read(text: string, scale: Printing['scale']): { units: bigint; decimals: number; digits: number } {
  const [, whole = '', decimals = '', percent] = /^(\d*)\.?(\d*)\s*(%?)$/.exec(text.trim()) ?? [];
  const units = BigInt(`${whole}${decimals}` || '-1');
  const shift = scale === 'percent' || percent === '%' ? 2 : 0;
  return { units, decimals: decimals.length + shift, digits: units.toString().length };
}

/** Whether a program that shortens numbers so may print the value as this text. */
export function prints(value: Ratio, text: string, { scale, rounding }: Printing): boolean {
  const figure = read(text, scale);
  return figure.units >= 0n && isShortened(value, figure, rounding);
}

/**
 * As `prints`, of a value from -1 to 1 that is a fraction unless its text has a percent sign. Numbers below 0 are shortened
 * towards 0 by some programs and downwards by others.
 */
export function printsSigned([top, bottom]: Ratio, text: string, rounding: Rounding): boolean {
  const [, sign = '', rest = ''] = /^\s*([-−]?)(.*)$/s.exec(text) ?? [];
  const figure = read(rest, 'fraction');
  if (figure.units < 0n) return false;
  const isBelow = sign !== '' || figure.units === 0n;
  const size: Ratio = sign === '' ? [top, bottom] : [-top, bottom];
  return isShortened(size, figure, isBelow && rounding !== 'nearest' ? 'unknown' : rounding);
}

function isShortened(
  [top, bottom]: Ratio,
  { units, decimals, digits }: ReturnType<typeof read>,
  rounding: Rounding,
): boolean {
  // value * 10^decimals - units, as a multiple of 1 / bottom
  const excess = top * 10n ** BigInt(decimals) - units * bottom;
  const distance = excess < 0n ? -excess : excess;
  // Floats of 32 bits have 24 binary digits; four units of error for the sums behind a measure.
  if (digits >= 7 && distance * 2n ** 22n <= units * bottom) return true;
  switch (rounding) {
    case 'nearest':
      return 2n * distance <= bottom;
    case 'truncated':
      return excess >= 0n && excess < bottom;
    case 'up':
      return excess <= 0n && distance < bottom;
    case 'unknown':
      return distance < bottom;
  }
}

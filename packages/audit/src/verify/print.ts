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
export function prints([top, bottom]: Ratio, text: string, { scale, rounding }: Printing): boolean {
  const { units, decimals, digits } = read(text, scale);
  if (units < 0n) return false;
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

import type { Claim } from '../claim/claim';
import { type Printing, prints } from './print';

/**
 * The first top-k accuracy for which there is no whole number of items, not below those of fewer guesses, that is printed so;
 * undefined where there are such numbers of all.
 * @param correct right answers of one guess
 */
export function wrongTop(
  { topK = {}, classes }: Claim,
  { correct, n }: { correct: number; n: number },
  printing: Printing,
): string | undefined {
  let least = correct;
  const rising = Object.entries(topK).sort(([a], [b]) => Number(a) - Number(b));
  for (const [k, text] of rising) {
    if (Number(k) >= classes.length) least = n;
    const count = firstPrinted(text, { from: least, n }, printing);
    if (count === undefined) return k;
    least = count;
  }
  return undefined;
}

/** The smallest count from `from` to `n` whose share is printed as the text. */
function firstPrinted(
  text: string,
  { from, n }: { from: number; n: number },
  printing: Printing,
): number | undefined {
  const digits = text.replace('%', '').trim();
  const scale = text.includes('%') || printing.scale === 'percent' ? 100 : 1;
  const unit = 10 ** -(digits.split('.')[1] ?? '').length;
  const [low, high] = [-1, 1].map((side) => ((Number(digits) + side * 1.01 * unit) / scale) * n);
  for (let count = Math.max(from, Math.floor(low!)); count <= Math.min(n, Math.ceil(high!)); count++)
    if (prints([BigInt(count), BigInt(n)], text, printing)) return count;
  return undefined;
}

import type { Witness } from './report';

/** Such as `257 of 359, 260 of 359, 255 of 359 correct`. */
export function describeParts(parts: NonNullable<Witness['parts']>): string {
  return `${parts.map(({ correct, items }) => `${correct} of ${items}`).join(', ')} correct`;
}

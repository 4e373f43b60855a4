import type { Change, Repair } from './report';

/** The smallest change that makes everything fit, or how many are needed, as a sentence. */
export function describeRepair({ changes, atLeast, verdict, reading, witness }: Repair): string {
  if (changes.length === 0) {
    return atLeast > 1
      ? `no change of ${upTo(atLeast - 1)} makes everything fit, under any reading; this is proven`
      : 'no smallest change was found within the time limit';
  }
  const list = changes.map(describeChange).join(', and ');
  if (verdict === 'consistent')
    return `everything fits with ${list}: then a matrix of ${witness!.n} items yields every figure (${reading})`;
  return `it is not ruled out that everything fits with another ${list} (${reading})`;
}

function upTo(count: number): string {
  return count === 1 ? 'one figure' : `up to ${count} figures`;
}

function describeChange({ meaning, from, to, how }: Change): string {
  if (to === undefined) return `${meaning} than ${from}`;
  return `${meaning} ${to} instead of ${from}${how ? ` (${how})` : ''}`;
}

import { type Claim, entryOf } from '../claim/claim';
import { classCapacity, type DatasetPart, findDataset } from '../claim/datasets';
import type { Reading } from '../claim/reading';

/** The printed counts (supports, n, official numbers) that the row sums of a matrix contradict. */
export function countProblems(
  claim: Claim,
  matrix: readonly (readonly number[])[],
  reading: Reading,
): string[] {
  const runs = claim.aggregation?.kind === 'runs' ? claim.aggregation.count : 1;
  const items = matrix.map((row) => row.reduce((a, b) => a + b, 0) / runs);
  const n = items.reduce((a, b) => a + b, 0);
  const dataset = findDataset(claim.dataset ?? '');
  const where = dataset && (claim.part ? dataset.parts[claim.part] : dataset.all);
  const wrong = claim.classes.flatMap((name, i) =>
    supportProblem(claim, reading, { name, count: items[i]! }),
  );
  const countsItems = !claim.supports || (reading.supports ?? 'as printed') === 'as printed';
  if (claim.n !== undefined && countsItems && claim.n !== n) wrong.push('n');
  if (where) wrong.push(...officialProblems(claim, where, items));
  return wrong;
}

function supportProblem(
  claim: Claim,
  reading: Reading,
  { name, count }: { name: string; count: number },
): string[] {
  const printed = entryOf(claim.supports, name);
  if (printed === undefined || reading.supports === 'unknown') return [];
  if (reading.supports !== 'test share') return printed === count ? [] : [`supports.${name}`];
  const [whole = '', decimals = ''] = claim.testShare!.replace('%', '').split('.');
  const shift = decimals.length + (claim.testShare!.includes('%') ? 2 : 0);
  // printed * share, give or take an item beyond the rounding
  const [top, unit] = [BigInt(printed) * BigInt(`${whole}${decimals}`), 10n ** BigInt(shift)];
  const least = top / unit - 1n;
  const most = top / unit + (top % unit === 0n ? 0n : 1n) + 1n;
  return BigInt(count) >= least && BigInt(count) <= most ? [] : [`supports.${name}`];
}

/** No more items than there are; where a named part is all that tells the supports, exactly those of the part. */
function officialProblems(claim: Claim, where: DatasetPart, items: readonly number[]): string[] {
  const n = items.reduce((a, b) => a + b, 0);
  const official = claim.classes.map((name) => classCapacity(where, name));
  const whole = claim.n === undefined || claim.n === where.total;
  const alone = claim.part !== undefined && !claim.supports && claim.confusion?.normalised !== 'counts';
  const exact = whole && alone && official.every((count) => count !== undefined);
  const wrong = claim.classes.filter((_, i) =>
    exact ? items[i] !== official[i] : items[i]! > (official[i] ?? where.total),
  );
  return [
    ...wrong.map((name) => `official count of ${name}`),
    ...(n > where.total ? ['official total'] : []),
  ];
}

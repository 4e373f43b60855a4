import { type Claim, entryOf } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { Fraction } from '../numbers/fraction';
import { closed, type Interval, intersect, UNIT } from '../numbers/interval';
import { groupsOf } from '../parts/counts';
import type { Figure } from './figure';

/**
 * Means and standard deviations as they may be when they are calculated from figures of runs or folds that are rounded to the
 * decimals of the mean: by u, the mean moves by as much at most, and the deviation by u sqrt(k / (k - 1)), less than 3 u / 2.
 */
export function fromRoundedParts(
  figures: readonly Figure[],
  claim: Claim,
  { fromRounded }: Reading,
): Figure[] {
  if (!fromRounded || !claim.aggregation || !claim.deviations) return [...figures];
  const errors = new Map<string, Fraction>();
  for (const { key, field, decimals } of figures) {
    const ownKey = field === 'accuracy' ? 'deviation' : `deviation:${key}`;
    if (!figures.some((figure) => figure.key === ownKey)) continue;
    // Shares that end at these decimals are rounded to themselves.
    const sizes = sizesOf(claim, key);
    const unit = 10n ** BigInt(decimals);
    if (sizes.length > 0 && sizes.every((size) => size > 0n && unit % size === 0n)) continue;
    const isNearest = claim.rounding === undefined || claim.rounding === 'nearest';
    errors.set(key, new Fraction(isNearest ? 1n : 2n, 2n * unit));
  }
  return figures.map((figure) => {
    const own = errors.get(figure.key);
    const ofMean = errors.get(figure.key.replace(/^deviation:?/, '') || 'accuracy');
    const isDeviation = figure.key.startsWith('deviation');
    const error = isDeviation ? ofMean?.mul(3).div(2) : own;
    return error ? { ...figure, interval: widened(figure.interval, error) } : figure;
  });
}

/** Items that the figure is a share of in each run or fold; none where they are not known. */
function sizesOf({ aggregation, n, classes, supports }: Claim, key: string): bigint[] {
  const [, index] = /^recall:(\d+)$/.exec(key) ?? [];
  const ofClass = aggregation?.kind === 'runs' ? entryOf(supports, classes[Number(index)] ?? '') : undefined;
  const items = index === undefined && key === 'accuracy' ? n : ofClass;
  return items === undefined ? [] : groupsOf(aggregation!, items).map(({ size }) => BigInt(size));
}

function widened({ lo, hi }: Interval, by: Fraction): Interval {
  return intersect(closed(lo.sub(by), hi.add(by)), UNIT);
}

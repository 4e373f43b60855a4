import type { Claim } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { Fraction } from '../numbers/fraction';
import { closed, type Interval, intersect, UNIT } from '../numbers/interval';
import { groupsOf } from '../parts/counts';
import type { Figure } from './figure';

/**
 * Mean and standard deviation as they may be when they are calculated from accuracies of runs or folds that are rounded to the
 * decimals of the mean: by u, the mean moves by as much at most, and the deviation by u sqrt(k / (k - 1)), less than 3 u / 2.
 */
export function fromRoundedParts(
  figures: readonly Figure[],
  { aggregation, deviations, n, rounding }: Claim,
  { fromRounded }: Reading,
): Figure[] {
  const mean = figures.find(({ field }) => field === 'accuracy');
  if (!fromRounded || !aggregation || !mean || deviations?.accuracy === undefined) return [...figures];
  const unit = 10n ** BigInt(mean.decimals);
  const sizes = n === undefined ? [] : groupsOf(aggregation, n).map(({ size }) => BigInt(size));
  // Accuracies that end at these decimals are rounded to themselves.
  if (sizes.length > 0 && sizes.every((size) => unit % size === 0n)) return [...figures];
  const error = new Fraction(rounding === undefined || rounding === 'nearest' ? 1n : 2n, 2n * unit);
  return figures.map((figure) => {
    if (figure.key === 'accuracy') return { ...figure, interval: widened(figure.interval, error) };
    const more = error.mul(3).div(2);
    return figure.key === 'deviation' ? { ...figure, interval: widened(figure.interval, more) } : figure;
  });
}

function widened({ lo, hi }: Interval, by: Fraction): Interval {
  return intersect(closed(lo.sub(by), hi.add(by)), UNIT);
}

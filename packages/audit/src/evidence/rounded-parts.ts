import { type Claim, entryOf } from '../claim/claim';
import type { Reading } from '../claim/reading';
import { Fraction } from '../numbers/fraction';
import { closed, type Interval, intersect, UNIT } from '../numbers/interval';
import { groupsOf } from '../parts/counts';
import type { Figure } from './figure';

/**
 * Means and standard deviations as they may be when they are calculated from figures of runs, folds or batches that are rounded
 * to the decimals of the mean: by u, the mean moves by as much at most, and the deviation by u sqrt(k / (k - 1)), less than 3 u / 2.
 */
export function fromRoundedParts(
  figures: readonly Figure[],
  claim: Claim,
  { fromRounded }: Reading,
): Figure[] {
  if (!fromRounded || (claim.aggregation?.kind ?? 'single') === 'single') return [...figures];
  const errors = new Map<string, Fraction>();
  for (const { key, decimals } of figures) {
    if (key.startsWith(DEVIATION)) continue;
    // Shares that end at these decimals are rounded to themselves.
    const sizes = sizesOf(claim, key);
    const unit = 10n ** BigInt(decimals);
    if (sizes.length > 0 && sizes.every((size) => size > 0n && unit % size === 0n)) continue;
    const isNearest = claim.rounding === undefined || claim.rounding === 'nearest';
    const error = new Fraction(isNearest ? 1n : 2n, 2n * unit);
    // Of a quantity that is printed more than once, the print with the fewest decimals may be the one that was averaged.
    if (error.gt(errors.get(key) ?? 0)) errors.set(key, error);
  }
  return figures.map((figure) => {
    const isDeviation = figure.key.startsWith(DEVIATION);
    const error = errors.get(isDeviation ? meanOf(figure.key) : figure.key);
    return error
      ? { ...figure, interval: widened(figure, isDeviation ? error.mul(3).div(2) : error) }
      : figure;
  });
}

const DEVIATION = 'deviation';

/** The key of the mean whose standard deviation has that key. */
const meanOf = (key: string) => key.slice(DEVIATION.length + 1) || 'accuracy';

/** Items that the figure is a share of in each run or fold; none where they are not known. */
function sizesOf({ aggregation, n, classes, supports }: Claim, key: string): bigint[] {
  const [, index] = /^recall:(\d+)$/.exec(key) ?? [];
  const ofClass = aggregation?.kind === 'runs' ? entryOf(supports, classes[Number(index)] ?? '') : undefined;
  const items = index === undefined && key === 'accuracy' ? n : ofClass;
  return items === undefined ? [] : groupsOf(aggregation!, items).map(({ size }) => BigInt(size));
}

/** The interval with numbers so far beyond its ends; agreement may lie below 0. */
function widened({ key, interval }: Figure, by: Fraction): Interval {
  const all = key === 'kappa' || key === 'mcc' ? { ...UNIT, lo: new Fraction(-1) } : UNIT;
  return intersect(closed(interval.lo.sub(by), interval.hi.add(by)), all);
}

import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { Fraction } from '../numbers/fraction';
import {
  closed,
  contains,
  countsFor,
  formatInterval,
  type Interval,
  intersect,
  isEmpty,
  powerInterval,
  UNIT,
  ZERO,
} from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, quote } from './check';

const MISSING = 'needs the G-mean, and a recall or the macro recall, of classes that have items';

export const gMeanBounds: Check = {
  id: 'g-mean',
  title: 'The G-mean is the geometric mean of the recalls',
  rule:
    'The K-th power of the G-mean is the product of the recalls of all K classes, each of which is a whole number of the items of ' +
    'its class. It grows with every recall, and a geometric mean never exceeds the arithmetic one.',
  source: 'definition (Kubat and Matwin 1997); inequality of the means',
  run(evidence) {
    const gMean = evidence.aggregation.kind === 'single' ? evidence.narrowest('gmean') : undefined;
    if (!gMean || !evidence.classes.every((_, i) => hasItems(evidence, i)))
      return conclude([], 0, { ok: '', missing: MISSING });
    const quick = [...freely(evidence, gMean), ...offRecalls(evidence, gMean)];
    const failures = quick.length > 0 ? quick : offCounts(evidence, gMean);
    return conclude(failures, 1, { ok: 'it is', missing: MISSING });
  },
};

function offRecalls(evidence: Evidence, gMean: Figure): Certificate[] {
  return [...aboveMean(evidence, gMean), ...offProduct(evidence, gMean)];
}

/** The contradictions that hold whatever the supports are. */
function freely(evidence: Evidence, gMean: Figure): Certificate[] {
  const free = { ...evidence, supports: undefined };
  if (!free.classes.every((_, i) => hasItems(free, i))) return [];
  return offRecalls(free, gMean).map((one) => ({ ...one, isFree: true }));
}

/** Of a class without items there is no recall, and programs differ in what they do. */
function hasItems({ supports, find }: Evidence, i: number): boolean {
  return supports ? supports[i]! > 0 : find(`recall:${i}`).some(({ interval }) => !contains(interval, ZERO));
}

function aboveMean({ narrowest }: Evidence, gMean: Figure): Certificate[] {
  const macro = narrowest('macro:recall');
  if (!macro || gMean.interval.lo.lte(macro.interval.hi)) return [];
  const statement = `the G-mean ${gMean.text} exceeds the ${macro.meaning} ${macro.text}`;
  return [certificate([macro, gMean], statement)];
}

/** The recalls whose product contradicts the G-mean, as few of them as suffice. */
function offProduct(evidence: Evidence, gMean: Figure): Certificate[] {
  const known = evidence.classes.map((_, i) => evidence.narrowest(`recall:${i}`));
  const isOff = (figures: readonly (Figure | undefined)[]) =>
    isEmpty(intersect(productOf(evidence, figures), powerInterval(gMean.interval, figures.length)));
  if (!isOff(known)) return [];
  const needed = [...known];
  for (const i of known.keys()) {
    const without = needed.with(i, undefined);
    if (isOff(without)) needed[i] = undefined;
  }
  const figures = needed.filter((figure) => figure !== undefined);
  const statement =
    `by ${quote(figures)} the product of the ${known.length} recalls lies in ${formatInterval(productOf(evidence, needed))}, ` +
    `but the G-mean ${gMean.text} makes it one in ${formatInterval(powerInterval(gMean.interval, known.length))}`;
  return [certificate([...figures, gMean], statement, 'irreducible')];
}

/** No whole numbers of right answers have the recalls, the accuracy and the G-mean. */
function offCounts(evidence: Evidence, gMean: Figure): Certificate[] {
  if (rightAnswers(evidence, gMean, 1)?.length !== 0) return [];
  const recalls = evidence.classes.flatMap((_, i) => evidence.narrowest(`recall:${i}`) ?? []);
  const accuracy = evidence.narrowest('accuracy');
  const all = accuracy ? [...recalls, accuracy] : recalls;
  const statement = `no whole numbers of right answers of these classes have ${quote(all)} and the G-mean ${gMean.text}`;
  return [certificate([...all, gMean], statement, 'reduced')];
}

/** Ends of the product of the recalls, each a whole number of its items where these are known. */
function productOf({ supports }: Evidence, figures: readonly (Figure | undefined)[]): Interval {
  let [lo, hi] = [new Fraction(1), new Fraction(1)];
  for (const [i, figure] of figures.entries()) {
    const range = figure?.interval ?? UNIT;
    const counts = supports && countsFor(range, supports[i]!);
    const isCounted = counts !== undefined && counts.from <= counts.to;
    lo = lo.mul(isCounted ? new Fraction(counts.from, supports![i]!) : range.lo);
    hi = hi.mul(isCounted ? new Fraction(counts.to, supports![i]!) : range.hi);
  }
  return closed(lo, hi);
}

/** Most choices of recalls that are tried. */
const MAX_CHOICES = 50_000;

/**
 * Right answers of each class, with the printed recalls, accuracy and G-mean; at most `limit` of them. Undefined where the
 * supports are not known, or too many numbers would have to be tried.
 */
export function rightAnswers(evidence: Evidence, gMean: Figure, limit: number): number[][] | undefined {
  const { supports, classes } = evidence;
  if (!supports) return undefined;
  const accuracy = evidence.narrowest('accuracy');
  const n = supports.reduce((a, b) => a + b, 0);
  const total = accuracy ? countsFor(accuracy.interval, n) : { from: 0, to: n };
  const ranges = classes.map((_, i) =>
    countsFor(evidence.narrowest(`recall:${i}`)?.interval ?? UNIT, supports[i]!),
  );
  const power = powerInterval(gMean.interval, classes.length);
  const whole = supports.reduce((product, count) => product * BigInt(count), 1n);
  const found: number[][] = [];
  let choices = 0;
  const choose = (chosen: readonly number[], product: bigint, sum: number): void => {
    const i = chosen.length;
    if (found.length >= limit || ++choices > MAX_CHOICES) return;
    if (i === classes.length) {
      if (sum >= total.from && contains(power, new Fraction(product, whole))) found.push([...chosen]);
      return;
    }
    for (let t = ranges[i]!.from; t <= Math.min(ranges[i]!.to, total.to - sum); t++)
      choose([...chosen, t], product * BigInt(t), sum + t);
  };
  choose([], 1n, 0);
  return found.length < limit && choices > MAX_CHOICES ? undefined : found;
}

import { type Evidence, sum } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { Fraction } from '../numbers/fraction';
import {
  closed,
  contains,
  countsFor,
  formatFraction,
  formatInterval,
  type Interval,
  intersect,
  isEmpty,
  ZERO,
} from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude } from './check';

export const kappaUpToAccuracy: Check = {
  id: 'kappa-accuracy',
  title: 'Kappa is no larger than the accuracy allows',
  rule:
    'Kappa is 1 - (1 - a) / (1 - e), with accuracy a and agreement by chance e = sum v_i w_i over the shares v of the true and w ' +
    'of the predicted classes, so it never exceeds a. With K classes e is at least a^2 / K (the right answers of each class ' +
    'are in both shares) and 1 / K - (1 - a)^2 / 2, since 4 sum v w = sum (v + w)^2 - sum (v - w)^2, the shares add up to ' +
    '1, and the wrong answers make all their differences. A mean over runs or folds is at most the mean accuracy.',
  source: 'definition of kappa (Cohen 1960); Cauchy and Schwarz',
  run(evidence) {
    const [kappas, accuracies] = [evidence.find('kappa'), evidence.find('accuracy')];
    const failures = kappas.flatMap((kappa) =>
      accuracies.flatMap((accuracy): Certificate[] => {
        const most = mostKappa(evidence, accuracy.interval);
        if (kappa.interval.lo.lte(most)) return [];
        const statement =
          `with ${accuracy.meaning} ${accuracy.text} kappa is at most ${formatFraction(most)}, ` +
          `but ${kappa.text} means ${formatInterval(kappa.interval)}`;
        return [certificate([accuracy, kappa], statement)];
      }),
    );
    const tried = Math.min(kappas.length, accuracies.length);
    return conclude(failures, tried, { ok: 'it is not', missing: 'needs kappa and the accuracy' });
  },
};

/** The largest kappa that an accuracy from the interval allows. */
function mostKappa({ classes, aggregation }: Evidence, { lo, hi }: Interval): Fraction {
  if (classes.length === 0 || aggregation.kind !== 'single') return hi;
  const miss = new Fraction(1).sub(lo);
  const few = lo.mul(lo).div(classes.length);
  const even = new Fraction(1, classes.length).sub(miss.mul(miss).div(2));
  const chance = few.gt(even) ? few : even;
  if (chance.gte(1)) return new Fraction(1);
  return new Fraction(1).sub(new Fraction(1).sub(hi).div(new Fraction(1).sub(chance)));
}

export const kappaWithinCorrelation: Check = {
  id: 'kappa-correlation',
  title: "Matthews' correlation is at least as far from 0 as kappa",
  rule:
    'Both have the numerator N T - sum n_i p_i. The denominator of kappa, N^2 - sum n_i p_i, is at least the geometric mean of ' +
    'N^2 - sum n_i^2 and N^2 - sum p_i^2, which is that of the correlation, since sum n_i p_i is at most the geometric mean of ' +
    'sum n_i^2 and sum p_i^2. So they have one sign, and the correlation is the larger in size.',
  source: "definitions of kappa and of Gorodkin's R_K; inequality of Cauchy and Schwarz",
  run(evidence) {
    const isSingle = evidence.aggregation.kind === 'single';
    const [kappa, mcc] = ['kappa', 'mcc'].map((key) => (isSingle ? evidence.narrowest(key) : undefined));
    if (!kappa || !mcc) return conclude([], 0, { ok: '', missing: "needs kappa and Matthews' correlation" });
    const isBeyond = beyond(kappa.interval, mcc.interval);
    const statement =
      `${mcc.meaning} ${mcc.text} must have the sign of kappa ${kappa.text} and be no nearer to 0: ` +
      `${formatInterval(mcc.interval)} against ${formatInterval(kappa.interval)}`;
    return conclude(isBeyond ? [certificate([kappa, mcc], statement)] : [], 1, { ok: 'it is', missing: '' });
  },
};

/** Whether no kappa and correlation from the intervals have one sign and the correlation the larger size. */
function beyond(kappa: Interval, mcc: Interval): boolean {
  // Programs that know but one class print a kappa of 1 and a correlation of 0.
  if (contains(kappa, new Fraction(1)) && contains(mcc, ZERO)) return false;
  const [positive, negative] = [closed(ZERO, new Fraction(1)), closed(new Fraction(-1), ZERO)];
  const up = [intersect(kappa, positive), intersect(mcc, positive)] as const;
  const down = [intersect(kappa, negative), intersect(mcc, negative)] as const;
  const fitsUp = !isEmpty(up[0]) && !isEmpty(up[1]) && up[0].lo.lte(up[1].hi);
  const fitsDown = !isEmpty(down[0]) && !isEmpty(down[1]) && down[0].hi.gte(down[1].lo);
  return !fitsUp && !fitsDown;
}

/** Most numbers of correct answers that are tried. */
const MAX_COUNTS = 100_000;

export const kappaOfSupports: Check = {
  id: 'kappa-supports',
  title: 'Kappa follows from the accuracy and the supports within narrow bounds',
  rule:
    'With T correct answers out of N kappa is 1 - N (N - T) / (N^2 - S), S = sum n_i p_i. S is smallest when the correct answers are ' +
    'of the smallest classes and all others are called the smallest, and largest the other way round.',
  source: 'definition of kappa (Cohen 1960); bounds of a linear function of the predictions',
  run(evidence) {
    const { supports, aggregation } = evidence;
    const kappas = aggregation.kind === 'single' ? evidence.find('kappa') : [];
    const accuracies = supports ? evidence.find('accuracy') : [];
    const pairs = kappas.flatMap((kappa) => accuracies.map((accuracy) => [kappa, accuracy] as const));
    const failures = pairs.flatMap(([kappa, accuracy]) => outside(kappa, accuracy, supports!));
    return conclude(failures, pairs.length, {
      ok: 'it does',
      missing: 'needs kappa, the accuracy and the supports',
    });
  },
};

function outside(kappa: Figure, accuracy: Figure, supports: readonly number[]): Certificate[] {
  const n = sum(supports);
  const { from, to } = countsFor(accuracy.interval, n);
  if (from > to || to - from > MAX_COUNTS || n === 0) return [];
  const [rising, falling] = [[...supports].sort((a, b) => a - b), [...supports].sort((a, b) => b - a)];
  let all: Interval | undefined;
  for (let correct = from; correct <= to; correct++) {
    const ends = [falling, rising].map((order) => kappaWith(correct, n, order));
    // Where all items are of one class, kappa may have no denominator.
    if (ends.some((end) => end === undefined)) return [];
    const range = closed(ends[0]!, ends[1]!);
    if (!isEmpty(intersect(range, kappa.interval))) return [];
    all = all ? closed(least(all.lo, range.lo), most(all.hi, range.hi)) : range;
  }
  const statement =
    `with ${accuracy.meaning} ${accuracy.text} of these ${n} items kappa lies in ${formatInterval(all!)}, ` +
    `but ${kappa.text} means ${formatInterval(kappa.interval)}`;
  return [certificate([accuracy, kappa], statement)];
}

const least = (a: Fraction, b: Fraction) => (a.lt(b) ? a : b);
const most = (a: Fraction, b: Fraction) => (a.gt(b) ? a : b);

/** Kappa when the correct answers fill the classes in this order and all others are called the first. */
function kappaWith(correct: number, n: number, order: readonly number[]): Fraction | undefined {
  let left = correct;
  let chance = BigInt(order[0]!) * BigInt(n - correct);
  for (const count of order) {
    const taken = Math.min(left, count);
    chance += BigInt(count) * BigInt(taken);
    left -= taken;
  }
  const total = BigInt(n) * BigInt(n);
  if (chance >= total) return undefined;
  return new Fraction(BigInt(n) * BigInt(correct) - chance, total - chance);
}

import type { Aggregation } from '../claim/claim';
import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { ceilDivide, floorDivide } from '../matrix/problem';
import { Fraction } from '../numbers/fraction';
import {
  affine,
  ceilOf,
  contains,
  countsFor,
  floorOf,
  formatInterval,
  type Interval,
} from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude } from './check';

/** The sizes of the parts over which a mean is taken, as [size, how many of that size]. */
export function partSizes(n: number, aggregation: Aggregation): [number, number][] {
  switch (aggregation.kind) {
    case 'single':
      return [[n, 1]];
    case 'runs':
      return [[n * aggregation.count, 1]];
    case 'folds': {
      const size = Math.floor(n / aggregation.count);
      const larger = n % aggregation.count;
      return [[size + 1, larger] as [number, number], [size, aggregation.count - larger] as [number, number]];
    }
    case 'unknown':
      return [];
    case 'batches': {
      const full = Math.floor(n / aggregation.size);
      const rest = n % aggregation.size;
      return [[aggregation.size, full] as [number, number], [rest, rest > 0 ? 1 : 0] as [number, number]];
    }
  }
}

/**
 * True when some whole numbers of correct answers give a mean in the interval. The mean over parts of sizes s and t
 * is (A / s + B / t) / parts, with A correct answers in all parts of size s and B in all of size t; times s t parts
 * it is the whole number A t + B s.
 */
export function isAttainable(interval: Interval, n: number, aggregation: Aggregation): boolean {
  const [[s, many], [t, few] = [0, 0]] = partSizes(n, aggregation).filter(
    ([size, count]) => size > 0 && count > 0,
  ) as [[number, number], [number, number]?];
  if (few === 0) {
    const range = countsFor(interval, s * many);
    return range.from <= range.to;
  }
  const scaled = affine(interval, new Fraction(s * t * (many + few)));
  const [least, most] = [ceilOf(scaled.lo, scaled.loOpen), floorOf(scaled.hi, scaled.hiOpen)];
  for (let inFew = 0; least <= most && inFew <= t * few; inFew++) {
    const from = Math.max(0, ceilDivide(least - inFew * s, t));
    const to = Math.min(s * many, floorDivide(most - inFew * s, t));
    if (from <= to) return true;
  }
  return false;
}

/** The fractions next to the interval, for the explanation. */
function neighbours(interval: Interval, n: number): string {
  const below = Number(interval.lo.mul(n).ceil().valueOf()) - 1;
  const show = (k: number) => `${k}/${n} = ${((100 * k) / n).toFixed(4)} %`;
  const choices = [below, below + 1, below + 2].filter(
    (k) => k >= 0 && k <= n && !contains(interval, new Fraction(k, n)),
  );
  return choices.slice(0, 2).map(show).join(' and ');
}

function grim(figure: Figure, n: number, evidence: Evidence): Certificate[] {
  const { aggregation } = evidence;
  if (isAttainable(figure.interval, n, aggregation)) return [];
  const simple = aggregation.kind === 'single' || aggregation.kind === 'runs';
  const items = aggregation.kind === 'runs' ? n * aggregation.count : n;
  const statement = simple
    ? `no whole number of ${items} items gives ${figure.meaning} ${figure.text}: ${neighbours(figure.interval, items)} ` +
      `lie on either side of ${formatInterval(figure.interval)}`
    : `no whole numbers of correct answers give ${figure.meaning} ${figure.text} as a mean over the ${aggregation.kind}`;
  return [certificate([figure], statement)];
}

export const grimAccuracy: Check = {
  id: 'grim-accuracy',
  title: 'The accuracy is a whole number of items out of n',
  rule:
    'The accuracy is k / n for a whole number k, so some k must lie between n times the ends of its interval. Over m ' +
    'runs on the same items it is k / (m n); over folds or batches of sizes s and t it is (A/s + B/t) / parts.',
  source: 'GRIM (Brown and Heathers 2017), applied to proportions',
  run(evidence) {
    const { n } = evidence;
    const known = n !== undefined && evidence.aggregation.kind !== 'unknown';
    const figures = known ? evidence.find('accuracy') : [];
    const failures = figures.flatMap((figure) => grim(figure, n!, evidence));
    const ok = `whole numbers of ${n} items give it`;
    return conclude(failures, figures.length, { ok, missing: 'needs the accuracy and n' });
  },
};

export const grimRecall: Check = {
  id: 'grim-recall',
  title: 'The recall of a class is a whole number of its items',
  rule: 'Recall is TP_i / n_i with a whole number TP_i, so some TP_i must lie between n_i times the ends of its interval.',
  source: 'GRIM (Brown and Heathers 2017), applied to a row of the confusion matrix',
  run(evidence) {
    const fixed = evidence.aggregation.kind === 'single' || evidence.aggregation.kind === 'runs';
    const figures = evidence.figures.filter((figure) => figure.key.startsWith('recall:'));
    const counts = fixed ? evidence.supports : undefined;
    const usable = counts ? figures.filter((figure) => counts[classOf(figure)]! > 0) : [];
    const failures = usable.flatMap((figure) => grim(figure, counts![classOf(figure)]!, evidence));
    const ok = `whole numbers give all ${usable.length} recalls`;
    return conclude(failures, usable.length, {
      ok,
      missing: 'needs recalls and the supports of their classes',
    });
  },
};

/** The class in a key such as `recall:3`. */
export function classOf(figure: Figure): number {
  return Number(figure.key.split(':')[1]);
}

import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { countsFor, formatInterval } from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude } from './check';

/** An accuracy of the k likeliest classes; the plain one has k = 1. */
interface Top {
  readonly k: number;
  readonly figure: Figure;
}

export const topOrder: Check = {
  id: 'top-k',
  title: 'More guesses are right at least as often',
  rule:
    'Whose class is the likeliest is among the k likeliest too, so top-k accuracies grow with k, from the accuracy on; with as many ' +
    'guesses as classes every item is right.',
  source: 'definition of the top-k accuracy',
  run(evidence) {
    const tops = topsOf(evidence);
    const failures = tops.flatMap((one) => [
      ...tops.filter((other) => other.k > one.k).flatMap((other) => falling(one, other)),
      ...notAll(evidence, one),
    ]);
    const tried = tops.some(({ k }) => k > 1) ? tops.length : 0;
    return conclude(failures, tried, { ok: 'they do', missing: 'needs a top-k accuracy' });
  },
};

export const topCounts: Check = {
  id: 'grim-top-k',
  title: 'A top-k accuracy is a whole number of items out of n',
  rule: 'It is c / n for a whole number c.',
  source: 'GRIM (Brown and Heathers 2017), applied to proportions',
  run(evidence) {
    const { n, aggregation } = evidence;
    const isWhole = n !== undefined && aggregation.kind === 'single';
    const tops = isWhole ? topsOf(evidence).filter(({ k }) => k > 1) : [];
    const failures = tops.flatMap(({ figure }): Certificate[] => {
      const { from, to } = countsFor(figure.interval, n!);
      if (from <= to) return [];
      return [certificate([figure], `no whole number of ${n} items gives ${figure.meaning} ${figure.text}`)];
    });
    return conclude(failures, tops.length, { ok: 'they are', missing: 'needs a top-k accuracy and n' });
  },
};

function topsOf({ figures, find }: Evidence): Top[] {
  const more = figures.filter(({ key }) => key.startsWith('top:'));
  return [
    ...find('accuracy').map((figure) => ({ k: 1, figure })),
    ...more.map((figure) => ({ k: Number(figure.key.slice('top:'.length)), figure })),
  ];
}

function falling({ figure: less }: Top, { figure: more }: Top): Certificate[] {
  if (less.interval.lo.lte(more.interval.hi)) return [];
  const statement =
    `${more.meaning} ${more.text} can't be below ${less.meaning} ${less.text}: ` +
    `${formatInterval(more.interval)} against ${formatInterval(less.interval)}`;
  return [certificate([less, more], statement)];
}

/** As many guesses as classes are always right. */
function notAll({ classes }: Evidence, { k, figure }: Top): Certificate[] {
  if (k === 1 || classes.length === 0 || k < classes.length || figure.interval.hi.gte(1)) return [];
  const statement = `with ${classes.length} classes ${figure.meaning} is 1, not ${figure.text}`;
  return [certificate([figure], statement)];
}

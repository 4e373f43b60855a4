import { Fraction } from '../numbers/fraction';
import { closed, formatFraction, formatInterval, intersect, isEmpty, UNIT } from '../numbers/interval';
import { type Check, certificate, conclude, undecided } from './check';

const MISSING = 'needs the area under the curve and a recall of each of two classes';

export const areaBounds: Check = {
  id: 'auc',
  title: 'The area under the ROC curve is one that goes through the operating point',
  rule:
    'The curve rises from (0, 0) to (1, 1) through the point of the recalls s and t of the two classes, (1 - t, s), if answers are ' +
    'given where the score exceeds a threshold. So the area is at least s t, the rectangle below and right of the point, and at ' +
    'most 1 - (1 - s) (1 - t).',
  source: 'monotony of the curve (Fawcett 2006)',
  run({ aggregation, narrowest }) {
    const area = narrowest('auc');
    if (!area || aggregation.kind !== 'single') return undecided(MISSING);
    const [s, t] = [narrowest('recall:0'), narrowest('recall:1')];
    const [first, second] = [s?.interval ?? UNIT, t?.interval ?? UNIT];
    const one = new Fraction(1);
    const least = first.lo.mul(second.lo);
    const most = one.sub(one.sub(first.hi).mul(one.sub(second.hi)));
    const known = [s, t].filter((figure) => figure !== undefined);
    if (known.length === 0) return undecided(MISSING);
    const isPossible = !isEmpty(intersect(area.interval, closed(least, most)));
    const statement =
      `with ${known.map(({ meaning, text }) => `${meaning} ${text}`).join(' and ')} the area lies between ` +
      `${formatFraction(least)} and ${formatFraction(most)}, but ${area.text} means ${formatInterval(area.interval)}`;
    return conclude(isPossible ? [] : [certificate([...known, area], statement)], 1, {
      ok: 'it is',
      missing: '',
    });
  },
};

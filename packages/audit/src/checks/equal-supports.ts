import { formatInterval, intersect, isEmpty } from '../numbers/interval';
import { type Check, certificate, conclude } from './check';

/** Quantities that are one where every class has as many items. */
const PAIRS = [
  ['macro:recall', 'accuracy'],
  ['macro:precision', 'weighted:precision'],
  ['macro:f1', 'weighted:f1'],
] as const;

export const equalSupports: Check = {
  id: 'equal-supports',
  title: 'With equal supports macro means are weighted means',
  rule: 'Where every class has as many items, every weight of a weighted mean is 1 / K: it is the macro mean, and the mean recall is the accuracy.',
  source: 'definitions of the macro and the weighted mean',
  run(evidence) {
    const { supports, aggregation } = evidence;
    const isEqual = supports !== undefined && new Set(supports).size === 1 && supports[0]! > 0;
    const isFixed = aggregation.kind === 'single' || aggregation.kind === 'runs';
    const pairs = (isEqual && isFixed ? PAIRS : []).flatMap(([macro, weighted]) =>
      evidence.find(macro).flatMap((a) => evidence.find(weighted).map((b) => [a, b] as const)),
    );
    const failures = pairs
      .filter(([a, b]) => isEmpty(intersect(a.interval, b.interval)))
      .map(([a, b]) => {
        const values = `${formatInterval(a.interval)} and ${formatInterval(b.interval)}`;
        const statement =
          `with ${supports![0]} items in every class the ${a.meaning} ${a.text} and the ${b.meaning} ${b.text} are one ` +
          `number, yet ${values} have no value in common`;
        return certificate([a, b], statement);
      });
    const missing = 'needs equal supports, and a macro mean beside the weighted one';
    return conclude(failures, pairs.length, { ok: 'they agree', missing });
  },
};

import { sum } from '../evidence/evidence';
import type { Fraction } from '../numbers/fraction';
import { formatInterval, type Interval, intersect, isEmpty, ONE, ZERO } from '../numbers/interval';
import { type Check, certificate, consistent, impossible, undecided } from './check';

/**
 * Bounds of the accuracy over all real recalls in [0, 1] whose mean is m: K m units of recall are handed out, one at
 * most for each class, and each is worth n_i / n. Handing them to the smallest classes first gives the least.
 */
export function accuracyBounds(supports: readonly number[], macroRecall: Interval): Interval {
  const total = sum(supports);
  const ascending = [...supports].sort((a, b) => a - b);
  const value = (units: Fraction, order: readonly number[]) => {
    let left = units;
    let correct = ZERO;
    for (const count of order) {
      const taken = left.lt(1) ? left : ONE;
      correct = correct.add(taken.mul(count));
      left = left.sub(taken);
    }
    return correct.div(total);
  };
  const count = supports.length;
  return {
    lo: value(macroRecall.lo.mul(count), ascending),
    hi: value(macroRecall.hi.mul(count), [...ascending].reverse()),
    loOpen: macroRecall.loOpen,
    hiOpen: macroRecall.hiOpen,
  };
}

export const macroRecallBounds: Check = {
  id: 'macro-recall-bounds',
  title: 'Macro recall and supports bound the accuracy',
  rule:
    'The mean recall m is K m units of recall, at most one for each class; a unit is worth n_i / n of accuracy. The ' +
    'accuracy is least when the smallest classes get them first, and largest when the largest do.',
  source: 'fractional knapsack (Dantzig 1957), applied to recalls',
  run(evidence) {
    const macro = evidence.narrowest('macro:recall');
    const accuracy = evidence.narrowest('accuracy');
    const fixed = ['single', 'runs'].includes(evidence.aggregation.kind);
    if (!macro || !accuracy || !evidence.supports || !fixed) {
      return undecided('needs the accuracy, the macro recall and the supports');
    }
    const positive = evidence.supports.every((count) => count > 0);
    if (!positive) return undecided('a class has no items, so its recall is undefined');
    const bounds = accuracyBounds(evidence.supports, macro.interval);
    const says = `${macro.meaning} ${macro.text} and the supports put the accuracy into ${formatInterval(bounds)}`;
    if (!isEmpty(intersect(bounds, accuracy.interval))) return consistent(says);
    const statement = `${says}, but the printed ${accuracy.text} means ${formatInterval(accuracy.interval)}`;
    return impossible(certificate([accuracy, macro], statement));
  },
};

import { type Evidence, sum } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { contradictSum, type Term, weightedSum } from '../numbers/additive';
import { Fraction } from '../numbers/fraction';
import { affine, formatFraction, formatInterval, type Interval, ONE, UNIT } from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, quote } from './check';

/** One-vs-rest errors 1 - OvR_i as terms of a sum. */
function errorTerms(evidence: Evidence): Term<Figure>[] {
  return evidence.classes.map((_, i) => {
    const figure = evidence.narrowest(`ovr:${i}`);
    const known = figure ? affine(figure.interval, new Fraction(-1), ONE) : UNIT;
    return { weight: ONE, known, fallback: UNIT, from: figure };
  });
}

export const oneVersusRestSum: Check = {
  id: 'one-vs-rest-sum',
  title: 'One-vs-rest errors add up to twice the error rate',
  rule:
    'The one-vs-rest classification of class i is wrong for FN_i + FP_i items. Every wrong answer is a false negative of one ' +
    'class and a false positive of another, so the errors 1 - OvR_i add up to 2 (1 - accuracy).',
  source: 'sum of FN = sum of FP = n - sum of TP in a confusion matrix with one label per item',
  run(evidence) {
    const terms = errorTerms(evidence);
    const accuracies = evidence.find('accuracy');
    const tried = terms.some((term) => term.from) ? accuracies.length : 0;
    const failures: Certificate[] = [];
    for (const accuracy of tried ? accuracies : []) {
      const target = affine(accuracy.interval, new Fraction(-2), new Fraction(2));
      const found = contradictSum(target, terms);
      if (!found) continue;
      const used = found.terms.map((term) => term.from!);
      const bound =
        found.side === 'below'
          ? `at most ${formatFraction(found.sum.hi)}`
          : `at least ${formatFraction(found.sum.lo)}`;
      const statement =
        `by ${quote(used)} the one-vs-rest errors add up to ${bound}, but ${accuracy.meaning} ${accuracy.text} ` +
        `makes that sum 2 (1 - accuracy) in ${formatInterval(target)}`;
      failures.push(certificate([accuracy, ...used], statement));
    }
    return conclude(failures, tried, {
      ok: 'the sum agrees',
      missing: 'needs one-vs-rest accuracies and the accuracy',
    });
  },
};

export const oneVersusRestFloor: Check = {
  id: 'one-vs-rest-floor',
  title: 'No one-vs-rest accuracy is below the accuracy',
  rule:
    'A correct answer is correct for every class, so OvR_i is at least the accuracy. This is the condition ' +
    'FN_i + FP_i <= n - sum TP under which the wrong answers can be laid out without touching the diagonal.',
  source: 'one-vs-rest accuracy counts all of the TP of other classes as true negatives',
  run(evidence) {
    const accuracies = evidence.find('accuracy');
    const ovrs = evidence.figures.filter((figure) => figure.key.startsWith('ovr:'));
    const failures = accuracies.flatMap((accuracy) =>
      ovrs.flatMap((ovr) => {
        const order = ovr.interval.hi.compare(accuracy.interval.lo);
        const apart = order < 0 || (order === 0 && (ovr.interval.hiOpen || accuracy.interval.loOpen));
        const statement =
          `${ovr.meaning} ${ovr.text} (at most ${formatFraction(ovr.interval.hi)}) is below ` +
          `the ${accuracy.meaning} ${accuracy.text} (at least ${formatFraction(accuracy.interval.lo)})`;
        return apart ? [certificate([accuracy, ovr], statement)] : [];
      }),
    );
    const tried = accuracies.length * ovrs.length;
    const ok = 'all one-vs-rest accuracies reach the accuracy';
    return conclude(failures, tried, { ok, missing: 'needs one-vs-rest accuracies and the accuracy' });
  },
};

export const missedItems: Check = {
  id: 'one-vs-rest-misses',
  title: 'One-vs-rest errors include the missed items',
  rule: 'Of the FN_i + FP_i one-vs-rest errors of a class, FN_i = n_i (1 - recall_i) are its missed items.',
  source: 'definitions of recall and of one-vs-rest accuracy',
  run(evidence) {
    const { supports } = evidence;
    const fixed = ['single', 'runs'].includes(evidence.aggregation.kind);
    const failures: Certificate[] = [];
    let tried = 0;
    for (const [i, count] of (fixed ? (supports ?? []) : []).entries()) {
      const [recall, ovr] = [evidence.narrowest(`recall:${i}`), evidence.narrowest(`ovr:${i}`)];
      if (!recall || !ovr || count === 0) continue;
      tried++;
      const missed = ONE.sub(recall.interval.hi).mul(count).div(sum(supports!));
      const wrong = ONE.sub(ovr.interval.lo);
      const order = missed.compare(wrong);
      if (order < 0 || (order === 0 && !recall.interval.hiOpen && !ovr.interval.loOpen)) continue;
      const statement =
        `${recall.meaning} ${recall.text} leaves at least ${formatFraction(missed)} of all items missed, but ` +
        `${ovr.meaning} ${ovr.text} allows at most ${formatFraction(wrong)} wrong`;
      failures.push(certificate([recall, ovr], statement));
    }
    return conclude(failures, tried, {
      ok: 'they do',
      missing: 'needs recall, one-vs-rest accuracy and supports',
    });
  },
};

/** The accuracy that all one-vs-rest accuracies together leave. */
function impliedAccuracy(evidence: Evidence): { figures: readonly Figure[]; interval: Interval } | undefined {
  const terms = errorTerms(evidence);
  if (terms.some((term) => !term.from)) return undefined;
  const half = new Fraction(-1, 2);
  const interval = affine(weightedSum(terms, new Set(terms)), half, ONE);
  return { figures: terms.map((term) => term.from!), interval };
}

export const oneVersusRestRecalls: Check = {
  id: 'one-vs-rest-recalls',
  title: 'The accuracy that the one-vs-rest accuracies leave lies between the recalls',
  rule:
    'The one-vs-rest errors add up to 2 (1 - accuracy), so all of them together give the accuracy, printed or not. It is ' +
    'the mean of the recalls, weighted by the supports: it is not below the smallest and not above the largest of them.',
  source: 'sum of FN = sum of FP = n - sum of TP in a confusion matrix with one label per item',
  run(evidence) {
    // Over folds of other class mixes the mean accuracy is no mean of the mean recalls.
    const fixed = ['single', 'runs'].includes(evidence.aggregation.kind);
    const implied = fixed ? impliedAccuracy(evidence) : undefined;
    const recalls = evidence.classes.map((_, i) => evidence.narrowest(`recall:${i}`));
    const missing = 'needs the one-vs-rest accuracy and the recall of every class';
    if (!implied || recalls.some((figure) => !figure)) return conclude([], 0, { ok: '', missing });
    const { interval, figures } = implied;
    const all = recalls as Figure[];
    const least = all.reduce((best, figure) => (figure.interval.lo.lt(best.interval.lo) ? figure : best));
    const most = all.reduce((best, figure) => (figure.interval.hi.gt(best.interval.hi) ? figure : best));
    const [below, above] = [interval.hi.lt(least.interval.lo), interval.lo.gt(most.interval.hi)];
    const [word, recall] = below ? ['smallest', least] : ['largest', most];
    const statement =
      `by ${quote(figures)} the accuracy lies in ${formatInterval(interval)}, but the ${word} recall is ` +
      `${recall.text} (${recall.meaning}), and the accuracy is a weighted mean of the recalls`;
    const failures = below || above ? [certificate([...figures, recall], statement, 'irreducible')] : [];
    return conclude(failures, 1, { ok: `the accuracy may lie in ${formatInterval(interval)}`, missing });
  },
};

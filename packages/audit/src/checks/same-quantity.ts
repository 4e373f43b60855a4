import type { Figure } from '../evidence/figure';
import { formatInterval, intersect, isEmpty } from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude } from './check';

export const sameQuantity: Check = {
  id: 'same-quantity',
  title: 'One quantity, printed more than once, has one value',
  rule:
    'Accuracy, micro-averaged precision, recall and F1, and the support-weighted recall are one number: each is ' +
    '(true positives of all classes) / n, since sum_i (n_i / n) (TP_i / n_i) = sum_i TP_i / n, and since with one ' +
    'label per item every false positive of one class is a false negative of another. Likewise for any quantity ' +
    'that is printed in two places.',
  source: 'definitions of micro and weighted means; Opitz and Burst 2019 for the means in use',
  run(evidence) {
    const keys = new Set(evidence.figures.map((figure) => figure.key));
    const failures: Certificate[] = [];
    let tried = 0;
    for (const key of keys) {
      const figures = evidence.find(key);
      if (figures.length < 2) continue;
      tried++;
      failures.push(...contradictingPairs(figures));
    }
    const ok = `${tried} quantities that are printed more than once agree`;
    return conclude(failures, tried, { ok, missing: 'no quantity is printed twice' });
  },
};

/** Two intervals meet in an interval, so (Helly) figures of one quantity agree as soon as every two of them do. */
function contradictingPairs(figures: readonly Figure[]): Certificate[] {
  const failures: Certificate[] = [];
  figures.forEach((a, index) => {
    for (const b of figures.slice(index + 1)) {
      if (!isEmpty(intersect(a.interval, b.interval))) continue;
      const values = `${formatInterval(a.interval)} and ${formatInterval(b.interval)} have no value in common`;
      failures.push(
        certificate(
          [a, b],
          `${a.meaning} ${a.text} and ${b.meaning} ${b.text} are the same quantity, yet ${values}`,
        ),
      );
    }
  });
  return failures;
}

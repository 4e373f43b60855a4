import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { Fraction } from '../numbers/fraction';
import {
  formatInterval,
  harmonicInterval,
  type Interval,
  intersect,
  isEmpty,
  UNIT,
  ZERO,
} from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude } from './check';

export const f1FromPrecisionAndRecall: Check = {
  id: 'f1-from-precision-recall',
  title: 'F1 is the harmonic mean of precision and recall',
  rule:
    'F1 = 2PR / (P + R) grows with both P and R, so the ends of their intervals bound it. For means over runs or ' +
    'folds the mean F1 is at most the F1 of the mean precision and recall (the harmonic mean is concave: Jensen), ' +
    'and at least P + R - 1 (its convex envelope on the unit square). The same bounds hold for a mean of the F1s of the ' +
    'classes, macro or weighted, whatever the classes are; an F1 of the means is the harmonic mean itself.',
  source: 'definition of F1; Opitz and Burst 2019 (arXiv 1911.03347) for the two macro-F1s',
  run(evidence) {
    const count = Math.max(1, evidence.classes.length);
    const keys = Array.from(
      { length: count },
      (_, i) => [`precision:${i}`, `recall:${i}`, `f1:${i}`] as const,
    );
    const triples = [...keys, ...MEANS].flatMap((triple) => {
      const found = triple.map((key) => evidence.narrowest(key));
      return found.every((figure) => figure !== undefined) ? [found as unknown as Triple] : [];
    });
    const failures = triples.flatMap((triple) => contradiction(evidence, triple));
    const ok = `${triples.length} F1s lie where precision and recall put them`;
    return conclude(failures, triples.length, {
      ok,
      missing: 'no F1 is printed with its precision and recall',
    });
  },
};

type Triple = readonly [precision: Figure, recall: Figure, f1: Figure];

/** Means over the classes: their F1s as the F1 of the means, and as the mean of the F1s. */
const MEANS = [
  ['macro:precision', 'macro:recall', 'f1ofmeans'],
  ['weighted:precision', 'accuracy', 'f1ofweighted'],
  ['macro:precision', 'macro:recall', 'macro:f1'],
  ['weighted:precision', 'accuracy', 'weighted:f1'],
] as const;

/** Whether an F1 is a mean of F1s, over classes or over evaluations. */
function isMean(evidence: Evidence, f1: Figure): boolean {
  return evidence.aggregation.kind !== 'single' || /^(?:macro|weighted):/.test(f1.key);
}

/** F1s that a precision and a recall from the intervals can have. */
function possibleF1(precision: Interval, recall: Interval, mean: boolean): Interval {
  const exact = harmonicInterval(precision, recall);
  if (!mean) return exact;
  const envelope = precision.lo.add(recall.lo).sub(1);
  const lo = envelope.gt(0) ? envelope : new Fraction(ZERO);
  return { ...exact, lo, loOpen: false };
}

function contradiction(evidence: Evidence, [precision, recall, f1]: Triple): Certificate[] {
  const mean = isMean(evidence, f1);
  const allowed = possibleF1(precision.interval, recall.interval, mean);
  if (!isEmpty(intersect(allowed, f1.interval))) return [];
  const pair = [precision, recall].find((figure) =>
    isEmpty(intersect(possibleF1(figure.interval, UNIT, mean), f1.interval)),
  );
  if (pair) {
    const statement =
      `${f1.meaning} ${f1.text} exceeds 2x / (1 + x) for ${pair.meaning} x = ${pair.text}, ` +
      'the most that a perfect partner would allow';
    return [certificate([pair, f1], statement)];
  }
  const statement =
    `${precision.meaning} ${precision.text} and recall ${recall.text} put F1 into ${formatInterval(allowed)}, ` +
    `but the printed ${f1.text} means ${formatInterval(f1.interval)}`;
  return [certificate([precision, recall, f1], statement)];
}

import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import type { Fraction } from '../numbers/fraction';
import { type Check, certificate, conclude, quote } from './check';

/** A bound on predictions / items of a class, and the figures that give it. */
interface Bound {
  readonly value: Fraction;
  /** The bound itself can't be reached. */
  readonly strict: boolean;
  readonly figures: readonly [Figure, Figure];
}

type Side = 'most' | 'least';

/** The end of a figure's interval that makes a class's predictions most or least numerous. */
function end({ interval }: Figure, high: boolean) {
  return high ? { value: interval.hi, open: interval.hiOpen } : { value: interval.lo, open: interval.loOpen };
}

/**
 * Bounds of r = predictions / items of one class. From recall R and precision P: r = R / P. From R and F1 = 2R /
 * (1 + r): r = 2R / F1 - 1. From P and F1 = 2P r / (1 + r): r = F1 / (2P - F1).
 */
function classBounds(evidence: Evidence, index: number, side: Side): Bound[] {
  const [recall, precision, f1] = ['recall', 'precision', 'f1'].map((metric) =>
    evidence.narrowest(`${metric}:${index}`),
  );
  const most = side === 'most';
  const bounds: (Bound | undefined)[] = [
    recall && precision && bound(recall, precision, most, (r, p) => (p.gt(0) ? r.div(p) : undefined)),
    recall && f1 && bound(recall, f1, most, (r, f) => (f.gt(0) ? r.mul(2).div(f).sub(1) : undefined)),
    f1 &&
      precision &&
      bound(f1, precision, most, (f, p) => (p.mul(2).gt(f) ? f.div(p.mul(2).sub(f)) : undefined)),
  ];
  return bounds.filter((found) => found !== undefined);
}

/** All three formulas grow with their first figure and fall with the second. */
function bound(
  grows: Figure,
  falls: Figure,
  most: boolean,
  formula: (a: Fraction, b: Fraction) => Fraction | undefined,
): Bound | undefined {
  const [a, b] = [end(grows, most), end(falls, !most)];
  const value = formula(a.value, b.value);
  return value && { value, strict: a.open || b.open, figures: [grows, falls] };
}

export const predictionBalance: Check = {
  id: 'prediction-balance',
  title: 'Not every class can be predicted more rarely than it occurs',
  rule:
    'Predictions / items of a class is recall / precision. Predictions and items of all classes both add up to n, so ' +
    'if no class has more predictions than items, all have as many: precision cannot exceed recall in one class ' +
    'unless it falls below it in another. The same follows from F1 and recall, and from precision and F1. It holds ' +
    'whatever the supports.',
  source: 'sum over the rows = sum over the columns of a confusion matrix',
  run(evidence) {
    const missing = 'needs two of precision, recall and F1 for every class';
    if (evidence.aggregation.kind !== 'single')
      return conclude([], 0, { ok: '', missing: 'does not apply to means' });
    const failures = (['most', 'least'] as const).flatMap((side) => {
      const bounds = evidence.classes.map((_, i) => oneSided(classBounds(evidence, i, side), side));
      const complete = bounds.every((found) => found !== undefined);
      if (!complete || !bounds.some((found) => isStrict(found!, side))) return [];
      const figures = [...new Set(bounds.flatMap((found) => found!.figures))];
      const word = side === 'most' ? 'fewer' : 'more';
      const statement =
        `in no class can there be ${side === 'most' ? 'more' : 'fewer'} predictions than items, and in some there must be ` +
        `${word}, yet both add up to n, whatever the supports: ${quote(figures)}`;
      return [certificate(figures, statement, 'irreducible')];
    });
    const known = evidence.classes.every((_, i) => classBounds(evidence, i, 'most').length > 0);
    return conclude(failures, known ? 1 : 0, { ok: 'predictions and items can balance', missing });
  },
};

/** A bound that keeps predictions on one side of the items: a strict one if there is one. */
function oneSided(bounds: readonly Bound[], side: Side): Bound | undefined {
  const fits = bounds.filter(({ value }) => (side === 'most' ? value.lte(1) : value.gte(1)));
  return fits.find((found) => isStrict(found, side)) ?? fits[0];
}

function isStrict({ value, strict }: Bound, side: Side): boolean {
  return strict || (side === 'most' ? value.lt(1) : value.gt(1));
}

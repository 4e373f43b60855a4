import type { Fraction } from './fraction';
import { add, affine, type Interval, intersect, isEmpty, point, ZERO } from './interval';

/** One summand of a weighted sum: what its figure allows, and what would hold if the figure were not printed. */
export interface Term<T> {
  readonly weight: Fraction;
  readonly known: Interval;
  readonly fallback: Interval;
  /** The figure (or other evidence) behind `known`; undefined when there is none. */
  readonly from: T | undefined;
}

/** A sum that can't meet its target. */
export interface AdditiveContradiction<T> {
  /** `below` when the largest possible sum stays below the target, `above` when the smallest exceeds it. */
  readonly side: 'below' | 'above';
  /** The fewest terms whose figures suffice; the others may have any value. */
  readonly terms: readonly Term<T>[];
  /** What the sum may be when only those terms are known. */
  readonly sum: Interval;
}

/** The sums that the terms allow, when only those in `used` are known. */
export function weightedSum<T>(terms: readonly Term<T>[], used: ReadonlySet<Term<T>>): Interval {
  return terms
    .map((term) => affine(used.has(term) ? term.known : term.fallback, term.weight))
    .reduce(add, point(ZERO));
}

/**
 * Decides whether a weighted sum can meet a target, and if not, finds the fewest terms that show it.
 *
 * Knowing a term lowers the upper end of the sum by weight * (fallback - known), independently of the others, so
 * taking terms in the order of that gain until the sum fails gives a set of minimal size.
 */
export function contradictSum<T>(
  target: Interval,
  terms: readonly Term<T>[],
): AdditiveContradiction<T> | undefined {
  const all = weightedSum(terms, new Set(terms));
  if (!isEmpty(intersect(all, target))) return undefined;
  const side = all.lo.add(all.hi).compare(target.lo.add(target.hi)) < 0 ? 'below' : 'above';
  const gain = (term: Term<T>) =>
    (side === 'below' ? term.fallback.hi.sub(term.known.hi) : term.known.lo.sub(term.fallback.lo)).mul(
      term.weight,
    );
  const order = [...terms].filter((term) => term.from !== undefined).sort((a, b) => gain(b).compare(gain(a)));
  const used = new Set<Term<T>>();
  for (const term of order) {
    used.add(term);
    const sum = weightedSum(terms, used);
    if (isEmpty(intersect(sum, target))) return { side, terms: [...used], sum };
  }
  return { side, terms: order, sum: all };
}

import type { Figure } from '../evidence/figure';
import type { Fraction } from '../numbers/fraction';
import { ZERO } from '../numbers/interval';

/** A linear condition on the shares: the weighted sum of the variables lies in the interval. */
export interface ShareRow {
  /** Weights by variable, see `variableOf`. */
  readonly weights: ReadonlyMap<number, Fraction>;
  /** Ends of the sum; null where it has none. */
  readonly lo: Fraction | null;
  readonly hi: Fraction | null;
  /** The figure behind the row; undefined for what holds of every matrix. */
  readonly figure: Figure | undefined;
  /** The condition in words. */
  readonly text: string;
  /** The row bounds the share of one class. */
  readonly isSupport: boolean;
}

/** For each class its share of the items, of the true positives and of the predictions, in n; all in [0, 1]. */
export type ShareKind = 'support' | 'correct' | 'predicted';

const KINDS: readonly ShareKind[] = ['support', 'correct', 'predicted'];

/** Index of a variable. */
export function variableOf(kind: ShareKind, index: number): number {
  return 3 * index + KINDS.indexOf(kind);
}

/** A row whose weights are given by kind, class and weight; weights of one variable add up. */
export function row(
  parts: readonly (readonly [ShareKind, number, Fraction | number])[],
  bounds: { lo?: Fraction; hi?: Fraction },
  about: { figure?: Figure; text: string; isSupport?: boolean },
): ShareRow {
  const defaults = { figure: undefined, isSupport: false };
  const weights = new Map<number, Fraction>();
  for (const [kind, index, weight] of parts) {
    const variable = variableOf(kind, index);
    weights.set(variable, (weights.get(variable) ?? ZERO).add(weight));
  }
  return { weights, lo: bounds.lo ?? null, hi: bounds.hi ?? null, ...defaults, ...about };
}

import type { Evidence, Figure } from '../evidence';
import { Fraction } from '../fraction';
import { type CountRange, closed, type Interval, ONE, ZERO } from '../interval';

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

function row(
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

/**
 * What must hold of the shares v_i = n_i / n, t_i = TP_i / n, p_i = predictions / n whatever the supports. Every
 * printed ratio is linear in them: recall lo v <= t <= hi v, precision lo p <= t <= hi p, F1 lo (v + p) <= 2t <=
 * hi (v + p), one-vs-rest 1 - v - p + 2t, accuracy sum t; of weighted means follows sum v lo <= W <= sum v hi.
 */
export function shareRows(evidence: Evidence): ShareRow[] {
  return [...matrixRows(evidence), ...evidence.figures.flatMap((figure) => figureRows(evidence, figure))];
}

/** What holds of every confusion matrix. */
function matrixRows({ classes, n, supportRanges }: Evidence): ShareRow[] {
  const each = classes.map((_, i) => i);
  const one = { lo: ONE, hi: ONE };
  const rows = [
    row(
      each.map((i) => ['support', i, 1] as const),
      one,
      { text: 'the shares of the classes add up to 1' },
    ),
    row(
      each.map((i) => ['predicted', i, 1] as const),
      one,
      { text: 'the predictions add up to n' },
    ),
  ];
  for (const i of each) {
    const name = classes[i];
    const [v, t, p] = [['support', i] as const, ['correct', i] as const, ['predicted', i] as const];
    rows.push(
      row(
        [
          [...v, 1],
          [...t, -1],
        ],
        { lo: ZERO },
        { text: `true positives of ${name} are among its items` },
      ),
    );
    rows.push(
      row(
        [
          [...p, 1],
          [...t, -1],
        ],
        { lo: ZERO },
        { text: `true positives of ${name} are among its predictions` },
      ),
    );
    const room = [[...v, 1], [...p, 1], [...t, -2], ...each.map((j) => ['correct', j, 1] as const)] as const;
    rows.push(row(room, { hi: ONE }, { text: `wrong answers about ${name} are among all wrong answers` }));
    const { from, to } = supportRanges[i]!;
    const bounds = shareBounds(supportRanges, i, n);
    rows.push(row([[...v, 1]], bounds, { text: `items of ${name}: ${from} to ${to}`, isSupport: true }));
  }
  return rows;
}

/** Share of a class in n; if n is not known, as small or large as it is beside the other classes' counts. */
function shareBounds(
  ranges: readonly CountRange[],
  index: number,
  n: number | undefined,
): { lo: Fraction; hi?: Fraction } {
  const { from, to } = ranges[index]!;
  const others = ranges.filter((_, i) => i !== index);
  const least = others.reduce((total, range) => total + range.from, 0);
  const most = others.reduce((total, range) => total + range.to, 0);
  const lo = n !== undefined ? new Fraction(Math.min(from, n), n) : share(from, most);
  if (!Number.isFinite(to)) return { lo };
  return { lo, hi: n !== undefined ? new Fraction(Math.min(to, n), n) : share(to, least) };
}

/** count / (count + others), 0 when the others have no end. */
function share(count: number, others: number): Fraction {
  return count === 0 || !Number.isFinite(others) ? ZERO : new Fraction(count, count + others);
}

/** A ratio numerator / denominator in [lo, hi] as two rows: numerator - end * denominator. */
function ratioRows(
  figure: Figure,
  numerator: readonly (readonly [ShareKind, number, number])[],
  denominator: readonly (readonly [ShareKind, number, number])[],
): ShareRow[] {
  const side = (end: Fraction) => [
    ...numerator,
    ...denominator.map(([k, i, w]) => [k, i, end.mul(-w)] as const),
  ];
  const { lo, hi } = figure.interval;
  return [
    row(side(lo), { lo: ZERO }, { figure, text: `${figure.meaning} is at least ${lo.toString()}` }),
    row(side(hi), { hi: ZERO }, { figure, text: `${figure.meaning} is at most ${hi.toString()}` }),
  ];
}

function boundsOf({ lo, hi }: Interval): { lo: Fraction; hi: Fraction } {
  return { lo, hi };
}

function figureRows(evidence: Evidence, figure: Figure): ShareRow[] {
  const [kind, which] = figure.key.split(':') as [string, string | undefined];
  const i = Number(which);
  const all = evidence.classes.map((_, j) => ['correct', j, 1] as const);
  const about = { figure, text: `${figure.meaning} is ${figure.text}` };
  switch (kind) {
    case 'recall':
      return ratioRows(figure, [['correct', i, 1]], [['support', i, 1]]);
    case 'precision':
      return evidence.aggregation.kind === 'single'
        ? ratioRows(figure, [['correct', i, 1]], [['predicted', i, 1]])
        : [];
    case 'f1': {
      const both = [['support', i, 1] as const, ['predicted', i, 1] as const];
      return evidence.aggregation.kind === 'single' ? ratioRows(figure, [['correct', i, 2]], both) : [];
    }
    case 'ovr': {
      const bounds = closed(figure.interval.lo.sub(1), figure.interval.hi.sub(1));
      return [
        row(
          [
            ['support', i, -1],
            ['predicted', i, -1],
            ['correct', i, 2],
          ],
          boundsOf(bounds),
          about,
        ),
      ];
    }
    case 'accuracy':
      return [row(all, boundsOf(figure.interval), about)];
    case 'weighted':
      return weightedRows(evidence, figure, which!);
    default:
      return [];
  }
}

/** A weighted mean of printed class figures lies between the weighted means of their ends. */
function weightedRows(evidence: Evidence, figure: Figure, metric: string): ShareRow[] {
  if (evidence.aggregation.kind !== 'single') return [];
  const ends = evidence.classes.map(
    (_, i) => evidence.narrowest(`${metric}:${i}`)?.interval ?? closed(ZERO, ONE),
  );
  const { lo, hi } = figure.interval;
  const least = ends.map((interval, i) => ['support', i, interval.lo] as const);
  const most = ends.map((interval, i) => ['support', i, interval.hi] as const);
  return [
    row(
      least,
      { hi },
      {
        figure,
        text: `${figure.meaning} is at most ${hi.toString()}, so the least ${metric}s weigh no more`,
      },
    ),
    row(
      most,
      { lo },
      {
        figure,
        text: `${figure.meaning} is at least ${lo.toString()}, so the largest ${metric}s weigh no less`,
      },
    ),
  ];
}

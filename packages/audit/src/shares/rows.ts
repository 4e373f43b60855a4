import type { Evidence } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import type { Fraction } from '../numbers/fraction';
import { closed, type Interval, ONE, ZERO } from '../numbers/interval';
import { matrixRows } from './matrix-rows';
import { row, type ShareKind, type ShareRow } from './row';

/**
 * What must hold of the shares v_i = n_i / n, t_i = TP_i / n, p_i = predictions / n whatever the supports. Every
 * printed ratio is linear in them: recall lo v <= t <= hi v, precision lo p <= t <= hi p, F1 lo (v + p) <= 2t <=
 * hi (v + p), one-vs-rest 1 - v - p + 2t, accuracy sum t; of weighted means follows sum v lo <= W <= sum v hi.
 */
export function shareRows(evidence: Evidence): ShareRow[] {
  return [...matrixRows(evidence), ...evidence.figures.flatMap((figure) => figureRows(evidence, figure))];
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
    case 'f2':
    case 'f05': {
      if (evidence.aggregation.kind !== 'single') return [];
      const [ofItems, ofPredictions] = kind === 'f2' ? [4, 1] : [1, 4];
      const both = [['support', i, ofItems!] as const, ['predicted', i, ofPredictions!] as const];
      return ratioRows(figure, [['correct', i, 5]], both);
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
    case 'specificity':
      return negativeRows(figure, i, 'support');
    case 'npv':
      return evidence.aggregation.kind === 'single' ? negativeRows(figure, i, 'predicted') : [];
    case 'accuracy':
      return [row(all, boundsOf(figure.interval), about)];
    case 'weighted':
      return which === 'ovr' ? [] : weightedRows(evidence, figure, which!);
    case 'cell':
      return cellRows(evidence, figure);
    default:
      return [];
  }
}

/** True negatives 1 - v - p + t as a share of 1 - v (specificity) or of 1 - p (negative predictive value). */
function negativeRows(figure: Figure, i: number, of: 'support' | 'predicted'): ShareRow[] {
  const side = (end: Fraction) => [
    ['support', i, -1] as const,
    ['predicted', i, -1] as const,
    ['correct', i, 1] as const,
    [of, i, end] as const,
  ];
  const { lo, hi } = figure.interval;
  const text = (word: string, end: Fraction) => `${figure.meaning} is at ${word} ${end.toString()}`;
  return [
    row(side(lo), { lo: lo.sub(1) }, { figure, text: text('least', lo) }),
    row(side(hi), { hi: hi.sub(1) }, { figure, text: text('most', hi) }),
  ];
}

/** A cell of the diagonal, where cells are shares of all items. */
function cellRows({ claim }: Evidence, figure: Figure): ShareRow[] {
  const [, i, j] = figure.key.split(':');
  if (claim.confusion?.normalised !== 'all' || i !== j) return [];
  const about = { figure, text: `${figure.meaning} is ${figure.text}` };
  return [row([['correct', Number(i), 1]], boundsOf(figure.interval), about)];
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

import type { Evidence } from '../evidence/evidence';
import { Fraction } from '../numbers/fraction';
import { type CountRange, ONE, ZERO } from '../numbers/interval';
import { row, type ShareRow } from './row';

/** What holds of every confusion matrix. */
export function matrixRows({ classes, n, supportRanges }: Evidence): ShareRow[] {
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

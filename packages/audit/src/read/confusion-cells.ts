import type { Claim } from '../claim/claim';
import { decimalsOf } from '../numbers/decimals';
import { countOf, figureOf, isBlank } from './cells';
import { type Draft, type DraftMatrix, unreadable } from './draft';

/** The cells as counts or as shares, by what they add up to. */
export function toMatrix(
  cells: readonly (readonly string[])[],
  { line, transposed }: { line: number; transposed: boolean },
): DraftMatrix {
  const printed = transposed ? cells.map((_, j) => cells.map((row) => row[j]!)) : cells;
  const side = { rows: 'columns', columns: 'rows', all: 'all', counts: 'counts' } as const;
  const kind = kindOf(cells, line);
  const normalised = transposed ? side[kind.normalised] : kind.normalised;
  const value = (cell: string): string | number | null => {
    if (isBlank(cell)) return null;
    if (normalised === 'counts') return countIn(cell) ?? null;
    const { text, isPercent } = figureOf(cell)!;
    return kind.isPercent && !isPercent ? `${text}%` : text;
  };
  const mayBePercent = kind.mayBePercent ?? false;
  return { normalised, cells: printed.map((row) => row.map(value)), line, mayBePercent };
}

/** A number of items, alone or beside its share, as in `261 (69.8%)` and `69.8% (261)`. */
function countIn(cell: string): number | undefined {
  const { text, isPercent, aside } = figureOf(cell) ?? { text: '', isPercent: false, aside: '' };
  if (aside === '') return isPercent ? undefined : countOf(cell);
  if (isPercent) return countOf(aside);
  return /%|^[01]?[.,]\d/.test(aside) ? countOf(text) : undefined;
}

function kindOf(
  cells: readonly (readonly string[])[],
  line: number,
): { normalised: DraftMatrix['normalised']; isPercent: boolean; mayBePercent?: boolean } {
  const full = cells.flat().filter((cell) => !isBlank(cell));
  const hasPercent = full.some((cell) => figureOf(cell)?.isPercent);
  const numbers = cells.map((row) =>
    row.map((cell) => (isBlank(cell) ? 0 : Number(figureOf(cell)!.text.replace('%', '')))),
  );
  const rows = numbers.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = numbers.map((_, j) => numbers.reduce((sum, row) => sum + row[j]!, 0));
  const all = rows.reduce((a, b) => a + b, 0);
  const whole = full.every((cell) => countIn(cell) !== undefined);
  const loose = (one: number) => 0.03 * one;
  const near = (sums: readonly number[], one: number, error = loose(one)) =>
    sums.every((sum) => Math.abs(sum - one) <= error || sum === 0);
  if (whole) return { normalised: 'counts', isPercent: false, mayBePercent: near(rows, 100) };
  // Shares as far off as their rounding explains go before those that are roughly so.
  const unit = Math.max(...full.map((cell) => 10 ** -decimalsOf(figureOf(cell)!.text)));
  for (const error of [() => unit * cells.length, loose]) {
    for (const one of [1, 100]) {
      const isPercent = one === 100;
      if (near(rows, one, error(one))) return { normalised: 'rows', isPercent };
      if (near(columns, one, error(one))) return { normalised: 'columns', isPercent };
      if (near([all], one, error(one))) return { normalised: 'all', isPercent };
    }
  }
  const isPercent = hasPercent || Math.max(...numbers.flat()) > 1;
  const shown = rows.map((sum) => sum.toFixed(2)).join(', ');
  if (Math.max(...rows) > (isPercent ? 130 : 1.3) || Math.min(...rows) < (isPercent ? 70 : 0.7)) {
    throw unreadable(
      `line ${line}: the rows of the matrix add up to ${shown}, so it's not clear what its cells are shares of`,
      'say what each cell was divided by: write the matrix into a claim as rows, columns, all or counts',
    );
  }
  return { normalised: 'rows', isPercent };
}

/** Counts that may be percentages are told by the items of the classes, or of all, beside them. */
export function checkCounts({ matrix, classes, supports, n }: Draft, given: Partial<Claim>): void {
  if (!matrix?.mayBePercent) return;
  const sums = matrix.cells.map((row) => row.reduce<number>((sum, cell) => sum + Number(cell ?? 0), 0));
  const items = given.n ?? n;
  const isAsPrinted =
    supports.size > 0
      ? classes.every((name, i) => supports.get(name) === sums[i])
      : items === sums.reduce((a, b) => a + b, 0);
  if (isAsPrinted || given.supports) return;
  throw unreadable(
    `line ${matrix.line}: the rows of the matrix add up to about 100, so its cells may be counts or percentages`,
    'put percent signs behind percentages, or give the supports beside the counts',
  );
}

import { decimalsOf } from '../numbers/decimals';
import { countOf, figureOf } from './cells';
import type { GridRow } from './grid';
import { type ColumnKind, columnOf, plain } from './words';

/** A column with figures that are used. */
export interface Column {
  readonly kind: Exclude<ColumnKind, 'other'>;
  readonly index: number;
  readonly title: string;
  readonly isPercent: boolean;
}

const CORRECT =
  /^(?:correct|right|hits?|tp|truepositives?|correctly.*|correctitems|matches|recognized|recognised)$/;

/**
 * Supports under a title that is not known, where a column of correct answers proves them: correct divided by items is
 * the printed recall (or accuracy of the class) in every row.
 */
export function inferSupports(
  columns: readonly Column[],
  { titles, body, names }: { titles: readonly string[]; body: readonly GridRow[]; names: number },
): { column: Column; title: string; why: string } | undefined {
  const recall = columns.find(({ kind }) => kind === 'recall' || kind === 'accuracy');
  const correct = titles.findIndex((title) => CORRECT.test(plain(title)));
  if (!recall || correct < 0 || columns.some(({ kind }) => kind === 'support')) return undefined;
  const index = titles.findIndex((title, at) => {
    if (at === correct || at <= names || columnOf(title) !== undefined) return false;
    return body.every(({ cells }) => {
      const [right, items] = [countOf(cells[correct] ?? ''), countOf(cells[at] ?? '')];
      const printed = figureOf(cells[recall.index] ?? '');
      if (!right || !items || !printed) return false;
      const scale = printed.isPercent || recall.isPercent ? 100 : 1;
      const decimals = decimalsOf(printed.text);
      return Math.abs((right / items) * scale - Number(printed.text.replace('%', ''))) <= 10 ** -decimals;
    });
  });
  if (index < 0) return undefined;
  const [title, by] = [titles[index]!, titles[correct]!];
  const why = `taken as the supports: ${by} divided by it is the ${recall.kind} in every row`;
  return { column: { kind: 'support', index, title, isPercent: false }, title, why };
}

import type { Block, GridRow } from './grid';
import type { Line } from './lines';

/** Titles that end in those of H2O's last columns. */
const HEAD = /^(.*\S)\s+Error\s+Rate\s*$/;
/** Wrong answers of all, such as `= 2 / 50`, `(20.0/145.0)` or `0 / 50`. */
const RATE = /\s+[=(]*\s*\d+(?:\.0)?\s*\/\s*\d+(?:\.0)?\)?\s*$/;

/** H2O's confusion matrix: rows are true classes, which Python prints without their names, and the last one holds the totals. */
export function h2oMatrix(lines: readonly Line[], at: number): { blocks: Block[]; next: number } | undefined {
  const titles = HEAD.exec(lines[at]!.text)?.[1];
  if (titles === undefined) return undefined;
  const rows: { line: number; words: string[] }[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const { number, text } = lines[next]!;
    if (/^[\s-]*$/.test(text)) continue;
    if (!RATE.test(text)) break;
    rows.push({ line: number, words: text.replace(RATE, '').trim().split(/\s+/) });
  }
  const count = rows.length - 1;
  const names = namesOf(titles.trim(), count);
  if (count < 2 || !names || rows.some(({ words }) => words.length < count + 1)) return undefined;
  const body = rows.map(({ line, words }, i): GridRow => {
    return { line, cells: [names[i] ?? 'Total', ...words.slice(-count - 1)] };
  });
  const head = { line: lines[at]!.number, cells: ['Actual \\ Predicted', ...names, 'Error'] };
  return { blocks: [{ type: 'grid', rows: [head, ...body] }], next };
}

/** The names in a line of titles, as many as there are classes. */
function namesOf(titles: string, count: number): string[] | undefined {
  return [titles.split(/\s{2,}/), titles.split(/\s+/)].find(({ length }) => length === count);
}

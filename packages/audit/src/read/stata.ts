import type { Block, GridRow } from './grid';
import type { Line } from './lines';

const RULE = /^\s*-+\+-+(?:\+-+)?\s*$/;
const FIGURES = /^[\d,]+$/;

/** Stata's table of two variables: names, counts and totals stand between bars, and `estat classification` is one. */
export function stataTable(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  // The name of the columns may stand in a line above the titles.
  const above = RULE.test(lines[at + 1]?.text ?? '') ? undefined : split(lines[at]!.text);
  const from = above ? at + 1 : at;
  const head = split(lines[from]?.text ?? '');
  if (!head || !/^total$/i.test(head[2]) || !RULE.test(lines[from + 1]?.text ?? '')) return undefined;
  const rows: GridRow[] = [];
  let next = from + 2;
  for (; next < lines.length; next++) {
    const { number, text } = lines[next]!;
    if (RULE.test(text)) continue;
    const [name, inside, total] = split(text) ?? [];
    const counts = inside?.split(/\s+/) ?? [];
    if (name === undefined || ![...counts, total!].every((count) => FIGURES.test(count))) break;
    rows.push({ line: number, cells: [name, ...counts, total!] });
  }
  const titles = head[1].split(/\s+/).map((title) => title.replace(/^~/, 'not '));
  if (rows.length < 3 || rows.some(({ cells }) => cells.length !== titles.length + 2)) return undefined;
  const isClassification = /^classified$/i.test(head[0]);
  const corner = isClassification ? 'Predicted \\ True' : `${head[0]} \\ ${above?.[1] ?? ''}`;
  const signs = new Map([
    ['+', titles[0]!],
    ['-', titles[1] ?? ''],
  ]);
  const named = rows.map(({ line, cells: [name = '', ...counts] }) => ({
    line,
    cells: [isClassification ? (signs.get(name) ?? name) : name, ...counts],
  }));
  const first = { line: lines[from]!.number, cells: [corner, ...titles, 'Total'] };
  return { blocks: [{ type: 'grid', rows: [first, ...named] }], next };
}

/** What stands before, between and behind two bars. */
function split(text: string): [string, string, string] | undefined {
  const [before = '', inside, behind, ...more] = text.split('|').map((part) => part.trim());
  if (inside === undefined || more.length > 0) return undefined;
  return [before, inside, behind ?? ''];
}

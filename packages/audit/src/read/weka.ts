import type { Block, GridRow } from './grid';
import type { Line } from './lines';

const HEAD = /<--\s*classified as/;

/** Weka's confusion matrix: letters as titles, and the names behind the rows. */
export function wekaMatrix(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  if (!HEAD.test(lines[at]!.text)) return undefined;
  const rows: GridRow[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const { number, text } = lines[next]!;
    if (text.trim() === '' && rows.length === 0) continue;
    const match = /^([\s\d.]+)\|\s*[a-z]{1,3}\s*=\s*(.+)$/.exec(text);
    if (!match) break;
    rows.push({ line: number, cells: [match[2]!.trim(), ...match[1]!.trim().split(/\s+/)] });
  }
  return rows.length > 1 ? { blocks: [{ type: 'grid', rows, isBare: true }], next } : undefined;
}

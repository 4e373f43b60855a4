import type { Block, GridRow } from './grid';
import type { Line } from './lines';

/** A count, which Spark prints with a decimal. */
const COUNTS = /^\s*\d+(?:\.0)?(?:\s+\d+(?:\.0)?)+\s*$/;
/** MATLAB's line above a matrix, such as `C =` or `C = 3×3`. */
const NAME = /^\s*(?:>>\s*)?[A-Za-z]\w*\s*=\s*(?:\d+\s*[x×]\s*\d+)?\s*$/;

/** Lines of counts alone, as many as each holds: a confusion matrix as MATLAB and Spark print it. */
export function squareBlock(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  const rows: GridRow[] = [];
  let next = NAME.test(lines[at]!.text) ? at + 1 : at;
  for (; next < lines.length; next++) {
    const { number, text } = lines[next]!;
    if (text.trim() === '' && rows.length === 0) continue;
    if (!COUNTS.test(text)) break;
    rows.push({ line: number, cells: ['', ...text.trim().replaceAll('.0', '').split(/\s+/)] });
  }
  const isSquare = rows.length > 1 && rows.every(({ cells }) => cells.length === rows.length + 1);
  return isSquare ? { blocks: [{ type: 'grid', rows, isBare: true }], next } : undefined;
}

import type { Block, GridRow } from './grid';
import type { Line } from './lines';

const PIPE = /(?<!\\)\|/;
const FRAMES = /[│┃║┆]/g;
/** The line below the titles of a Markdown table. */
const SEPARATOR = /^[\s|:+=\u2500-\u257f-]*[-=\u2500-\u257f][\s|:+=\u2500-\u257f-]*$/;
/** Frames that rule off every row. */
const FRAME_RULE = /[+\u2500-\u257f]/;

/** What polars prints below the titles. */
const POLARS_TYPE = /^\s*(?:---|str|cat|enum|bool|[fiu]\d+)\s*$/;

/** Tables whose cells stand between bars; a second line of dashes begins another one. */
export function pipedBlocks(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  const tables: GridRow[][] = [[]];
  let hasSeparator = false;
  let next = at;
  for (; next < lines.length; next++) {
    const { number, text: raw } = lines[next]!;
    const text = raw.replace(FRAMES, '|');
    const rows = tables.at(-1)!;
    if (text.trim() === '') continue;
    if (SEPARATOR.test(text) && (FRAME_RULE.test(text) || rows.length === 0)) continue;
    if (SEPARATOR.test(text)) {
      if (hasSeparator) tables.push([rows.pop()!]);
      hasSeparator = true;
    } else if (PIPE.test(text)) {
      const cells = splitRow(text);
      if (!cells.every((cell) => POLARS_TYPE.test(cell))) rows.push({ line: number, cells });
    } else break;
  }
  const full = tables.filter((table) => table.length > 1);
  if (full.length === 0) return undefined;
  return { blocks: full.map((rows) => ({ type: 'grid', rows })), next };
}

/** Cells between bars; titles of Jira and Textile stand between two. */
function splitRow(text: string): string[] {
  const row = text.trim();
  return (/^\|\|.*\|\|$/.test(row) ? row.replaceAll('||', '|') : row)
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(PIPE);
}

import Papa from 'papaparse';
import { figureOf, isBlank } from './cells';
import type { Block } from './grid';
import type { Line } from './lines';
import { columnOf } from './words';

/** A table whose cells are separated by tabs, semicolons or commas. */
export function delimitedBlock(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  for (const delimiter of ['\t', ';', ',']) {
    const taken = linesWith(lines, at, delimiter);
    if (taken.length < 2) continue;
    const parsed = Papa.parse<string[]>(taken.map(({ text }) => text).join('\n'), { delimiter }).data;
    const rows = parsed.map((cells, i) => ({ line: taken[i]?.number ?? 0, cells }));
    if (delimiter === '\t' ? isRagged(parsed) : !looksTabular(parsed)) continue;
    return { blocks: [{ type: 'grid', rows }], next: lines.indexOf(taken.at(-1)!) + 1 };
  }
  return undefined;
}

/** Lines from `at` that hold the delimiter; one blank line between them ends nothing. */
function linesWith(lines: readonly Line[], at: number, delimiter: string): Line[] {
  const taken: Line[] = [];
  let blank = 0;
  for (let i = at; i < lines.length && blank < 2; i++) {
    if (lines[i]!.text.trim() === '') blank++;
    else if (lines[i]!.text.includes(delimiter)) {
      taken.push(lines[i]!);
      blank = 0;
    } else break;
  }
  return taken;
}

/** Tabs that only space things out: rows with more cells than titles. */
function isRagged([head = [], ...body]: readonly (readonly string[])[]): boolean {
  return body.some((cells) => cells.length > head.length + 1);
}

/** Commas and semicolons stand in prose too: a table has titles that are known, or figures below its first row. */
function looksTabular(rows: readonly (readonly string[])[]): boolean {
  const [head = [], ...body] = rows;
  const filled = body.filter((cells) =>
    cells.slice(1).some((cell) => figureOf(cell) !== undefined || isBlank(cell)),
  );
  const square = body.every((cells) => cells.length === head.length);
  return (
    head.length > 1 && (head.some((cell) => columnOf(cell) !== undefined) || (square && filled.length > 1))
  );
}

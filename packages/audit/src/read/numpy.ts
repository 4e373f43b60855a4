import type { Block, GridRow } from './grid';
import type { Line } from './lines';

/** Rows in brackets, as numpy, Python lists and pandas' `values` print them, with names behind or before them. */
export function arrayBlock(
  lines: readonly Line[],
  at: number,
): { blocks: Block[]; next: number } | undefined {
  const rows: GridRow[] = [];
  let next = at;
  while (next < lines.length) {
    if (lines[next]!.text.trim() === '') {
      if (rows.length === 0) break;
      next++;
      continue;
    }
    const taken = takeRow(lines, next);
    if (!taken) break;
    rows.push(...taken.rows);
    next = taken.next;
  }
  if (rows.length < 2) return undefined;
  return { blocks: [{ type: 'grid', rows, isBare: true }, ...besides(lines[next - 1]!)], next };
}

/** What else a dictionary holds that ends in the line of an array. */
function besides({ number, text }: Line): Block[] {
  const behind = text.slice(text.lastIndexOf(']') + 1);
  const entries = /^\s*,.*[:=].*\d/.test(behind) ? behind.replace(/[{}'"]/g, '').split(/,\s/) : [];
  return entries.flatMap((entry) =>
    /\d/.test(entry) ? [{ type: 'line', line: number, text: entry.trim() }] : [],
  );
}

/** Most lines that numpy breaks one row into. */
const MAX_WRAPPED = 12;

/** A row in brackets, which may go on in the next lines; several rows when they stand in one line. */
function takeRow(lines: readonly Line[], at: number): { rows: GridRow[]; next: number } | undefined {
  if (!/[[(]\s*[-\d.]/.test(lines[at]!.text) || lines[at]!.text.includes('|')) return undefined;
  let text = '';
  for (let next = at; next < lines.length && next < at + MAX_WRAPPED; next++) {
    text += ` ${lines[next]!.text}`;
    if (!text.includes(']')) continue;
    const groups = [...text.matchAll(/\[([^[\]]*)\]/g)];
    const rows = groups.map((group) => numbersOf(group[1]!));
    if (rows.length === 0 || rows.some((row) => row === undefined)) return undefined;
    const name = nameBeside(text);
    return {
      rows: rows.map((numbers) => ({ line: lines[at]!.number, cells: [name, ...numbers!] })),
      next: next + 1,
    };
  }
  return undefined;
}

function numbersOf(inside: string): string[] | undefined {
  const words = inside
    .trim()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  const numbers = words.every((word) => /^\d+\.?\d*(?:e[-+]?\d+)?%?$|^\.\d+%?$/i.test(word));
  return numbers && words.length > 1 ? words.map((word) => word.replace(/\.$/, '')) : undefined;
}

/** The name of the class that stands behind the row or before it. */
function nameBeside(text: string): string {
  const behind = text.slice(text.lastIndexOf(']') + 1).replace(/^[\s,)\]#]+|[\s,)'"]+$/g, '');
  if (/\p{L}/u.test(behind) && !/dtype|[:=]/.test(behind)) return behind;
  const before = text
    .slice(0, text.indexOf('['))
    .replace(/[\s:=([]+$/g, '')
    .trim();
  return /\p{L}/u.test(before) && !/array|matrix|cm\b|[={:]|print|confusion/i.test(before) ? before : '';
}

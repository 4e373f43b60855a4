import { alignedBlock } from './aligned';
import { cleanCell } from './cells';
import { classLines } from './class-lines';
import { delimitedBlock } from './delimited';
import type { Block } from './grid';
import { h2oMatrix } from './h2o';
import { htmlBlocks, isHtml } from './html';
import { isLatex, latexTables } from './latex';
import { type Line, readLines } from './lines';
import { arrayBlock } from './numpy';
import { pipedBlocks } from './piped';
import { reportBlocks } from './report-json';
import { squareBlock } from './square';
import { stackedBlock } from './stacked';
import { stataTable } from './stata';
import { wekaMatrix } from './weka';

/** The tables of a pasted text and the lines beside them, cells cleaned of their markup. */
export function readBlocks(text: string): Block[] {
  const lines = readLines(text);
  const bare = lines.map((line) => line.text).join('\n');
  const report = reportBlocks(lines);
  if (report) return clean(report);
  if (isHtml(bare)) return clean(htmlBlocks(bare));
  if (isLatex(bare)) return clean(latexTables(bare).map((rows): Block => ({ type: 'grid', rows })));
  return clean(
    textBlocks(lines.filter(({ text: line }) => !/[█▏▎▍▌▋▊▉━]{3}|it\/s\]/.test(line) || isLog(line))),
  );
}

/** A line of a training log, which says that the text is one. */
export function isLog(text: string): boolean {
  return (
    /\bepoch\b\W*\d/i.test(text) || /\bloss\b\s*[:=]\s*\d.*\b(?:acc|accuracy|val_\w+)\b\s*[:=]/i.test(text)
  );
}

function clean(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    if (block.type === 'line') return [{ ...block, text: cleanCell(block.text) }];
    const rows = block.rows.map(({ line, cells }) => ({ line, cells: cells.map(cleanCell) }));
    const full = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
    return full.length ? [{ ...block, rows: full }] : [];
  });
}

/** What a reader of one kind of table takes from a place in the text; undefined when no such table begins there. */
export type Taken = { readonly blocks: readonly Block[]; readonly next: number } | undefined;

/** Readers of tables, the most particular first. */
const READERS: readonly ((lines: readonly Line[], at: number) => Taken)[] = [
  wekaMatrix,
  h2oMatrix,
  stataTable,
  squareBlock,
  arrayBlock,
  pipedBlocks,
  classLines,
  delimitedBlock,
  stackedBlock,
  alignedBlock,
];

function textBlocks(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const taken = lines[at]!.text.trim() === '' ? undefined : firstTaken(lines, at);
    if (taken) blocks.push(...taken.blocks);
    else if (/[\p{L}\p{N}]/u.test(lines[at]!.text)) {
      blocks.push({ type: 'line', line: lines[at]!.number, text: lines[at]!.text.trim() });
    }
    at = taken?.next ?? at + 1;
  }
  return blocks;
}

function firstTaken(lines: readonly Line[], at: number): Taken {
  for (const read of READERS) {
    const taken = read(lines, at);
    if (taken) return taken;
  }
  return undefined;
}

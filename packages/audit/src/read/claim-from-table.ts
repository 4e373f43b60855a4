import type { Claim } from '../claim/claim';
import { validateClaim } from '../claim/schema';
import type { UnusedText } from '../report/understood';
import { isLog, readBlocks } from './blocks';
import type { CellFigure } from './cells';
import { readClassTable } from './class-table';
import { readConfusion } from './confusion';
import { checkCounts } from './confusion-cells';
import { type Draft, severalSystems, unreadable } from './draft';
import type { Block, Grid } from './grid';
import { intervalIn } from './interval-text';
import { readMeasureRows } from './measure-rows';
import { enterMeasure } from './measures';
import { mergeDrafts } from './merge';
import { itemsOf, pairOf } from './pairs';
import { readSystems } from './systems';
import { toClaim } from './to-claim';
import { readPositiveClass } from './two-classes';

/** A claim with what the text holds besides. */
export interface ReadTable {
  readonly claim: Claim;
  /** What is not used, with its line and the reason. */
  readonly notes: readonly UnusedText[];
}

/**
 * Reads a claim from a table as a reviewer pastes it; see `readTable`.
 * @throws ClaimError when the text is not the table of one evaluation, with the line and what can be done
 */
export function claimFromTable(text: string, options: Partial<Claim> = {}): Claim {
  return readTable(text, options).claim;
}

/**
 * Reads the figures of one evaluation from a pasted text: reports of scikit-learn, caret and Weka, Markdown, LaTeX, HTML,
 * separated text, columns of blanks, confusion matrices, and the lines with overall figures around them.
 * @param options whatever else is known of the claim, such as title, dataset or rounding; it goes before the text
 * @throws ClaimError when the rows are no classes, a row or column can't be told, or figures are means over something
 * and `aggregation` is not given
 */
export function readTable(text: string, options: Partial<Claim> = {}): ReadTable {
  return readOne(readBlocks(text), options);
}

/** As `readTable`, of tables and lines that are told apart already. */
export function readOne(blocks: readonly Block[], options: Partial<Claim>): ReadTable {
  const loose = blocks.flatMap((block) => (block.type === 'line' ? [block] : []));
  const { drafts, unread } = readGrids(
    blocks,
    loose.map((line) => line.text),
  );
  if (drafts.length === 0)
    refuse(
      unread,
      loose.map((line) => line.text),
    );
  const draft = mergeDrafts(drafts);
  for (const grid of unread) {
    const line = grid.rows[0]!.line;
    draft.notes.push({
      line,
      text: grid.rows[0]!.cells.join(' ').slice(0, 80),
      reason: 'a table that is not read',
    });
  }
  readLoose(draft, loose);
  if (draft.uncertain !== undefined && !options.aggregation) throw unknownAggregation(draft.uncertain);
  nameClasses(draft, options.classes);
  checkCounts(draft, options);
  checkSize(draft);
  return {
    claim: validateClaim({ title: 'pasted table', ...toClaim(draft, options), ...options }),
    notes: draft.notes,
  };
}

function readGrids(blocks: readonly Block[], loose: readonly string[]): { drafts: Draft[]; unread: Grid[] } {
  const drafts: Draft[] = [];
  const unread: Grid[] = [];
  for (const block of blocks) {
    if (block.type !== 'grid') continue;
    const draft = readConfusion(block, loose) ?? readClassTable(block) ?? readMeasureRows(block);
    if (draft) drafts.push(draft);
    else unread.push(block);
  }
  return { drafts, unread };
}

/** Says what the text is, where it is no table of classes. */
function refuse(unread: readonly Grid[], loose: readonly string[]): never {
  if (loose.some(isLog)) {
    throw unreadable(
      'it is a training log with a line for each epoch',
      'paste the report of the evaluation, or write a claim with its accuracy and n',
    );
  }
  const systems = unread.flatMap((one) => readSystems(one) ?? []);
  if (systems.length > 0) {
    const titles = systems.slice(0, 3).map(({ title }) => title);
    throw severalSystems('the rows', titles.join('; '));
  }
  const [grid] = unread;
  if (!grid) {
    throw unreadable(
      'it contains no table of figures',
      'paste a table with a row for each class and a column for each measure',
    );
  }
  const { line, cells } = grid.rows[0]!;
  const titles = cells
    .filter((cell) => cell !== '')
    .join(', ')
    .slice(0, 120);
  throw unreadable(
    `line ${line}: none of the titles is a measure that can be audited (${titles})`,
    'title the columns with precision, recall, f1, accuracy or support, and give each class a row',
  );
}

function unknownAggregation(line: number) {
  return unreadable(
    `line ${line}: it is not clear over what the figures with a plus-minus sign or a mean in their title are means`,
    "pass aggregation: { kind: 'runs', count: 5 } for means over 5 runs, { kind: 'single' } for one evaluation " +
      'with its interval',
  );
}

/** Lines beside the tables: overall figures are used, the others noted if they hold a figure. */
function readLoose(draft: Draft, lines: readonly { line: number; text: string }[]): void {
  const used = readPositiveClass(draft, lines);
  for (const { line, text } of lines) {
    if (used.has(line)) continue;
    const items = itemsOf(text);
    const found = pairOf(text);
    const pair = found ? { label: found.label, cell: withAside(found.value) } : spaced(text);
    const interval = intervalIn(text, '', false);
    if (items !== undefined) draft.n ??= items;
    else if (interval) draft.intervals.set('accuracy', new Map([['', interval]]));
    else if (!(pair && enterMeasure(draft, pair.label, { cell: pair.cell, line })) && /\d/.test(text)) {
      draft.notes.push({ line, text: text.slice(0, 80), reason: 'a line beside the tables' });
    }
  }
}

/** A figure with what stands behind it. */
function withAside({ text, aside, isUncertain }: CellFigure): string {
  if (isUncertain) return `${text} ${aside}`;
  return aside === '' ? text : `${text} (${aside})`;
}

/** A measure and its figure with nothing but blanks between, such as `Accuracy 0.278` or Weka's line with count and percent. */
function spaced(text: string): { label: string; cell: string } | undefined {
  const weka = /^(Correctly Classified Instances)\s+\d+\s+([\d.]+)\s*%/i.exec(text);
  if (weka) return { label: weka[1]!, cell: `${weka[2]}%` };
  const match = /^([\p{L}][\p{L}\p{N} _-]{0,60}?)\s+([\d.,]+%?)$/u.exec(text.slice(0, 120));
  return match ? { label: match[1]!, cell: match[2]! } : undefined;
}

/** Reports on a part of the classes, or of no items, say too little. */
function checkSize({ classes, n }: Draft): void {
  if (n === 0) throw unreadable('it counts no items', 'paste the report of a test set that is not empty');
  if (classes.length === 1) {
    throw unreadable(
      `it names one class alone (${classes[0]})`,
      'paste the rows of all classes; figures of one class hardly bind each other',
    );
  }
}

/** A matrix without names has its classes numbered, unless they are given. */
function nameClasses(draft: Draft, given: readonly string[] | undefined): void {
  if (draft.classes.length > 0) return;
  if (given) draft.classes = [...given];
  else if (draft.matrix) draft.classes = draft.matrix.cells.map((_, i) => String(i + 1));
  else {
    throw unreadable(
      'it gives overall figures, but names no classes',
      "pass the classes, as in classes: ['Angry', 'Happy', 'Sad'], or a dataset and the part of it",
    );
  }
}

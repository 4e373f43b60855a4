import type { UnusedText } from '../report/understood';
import { figureOf, isBlank } from './cells';
import { isAggregate, isPercentColumn } from './class-layout';
import type { GridRow } from './grid';
import { measureOf } from './measures';

/** A column with an overall measure of systems. */
export interface SystemColumn {
  readonly index: number;
  /** The words of the title that name the measure, such as `Macro F1`. */
  readonly measure: string;
  readonly title: string;
  readonly isPercent: boolean;
  /** The title says that the figures are means over runs or folds. */
  readonly isMean: boolean;
}

export interface SystemLayout {
  readonly body: readonly GridRow[];
  /** Columns that hold names: of models, of data sets, of settings. */
  readonly names: readonly number[];
  readonly columns: readonly SystemColumn[];
  /** Columns by what else their titles say, such as the data set. */
  readonly groups: ReadonlyMap<string, readonly SystemColumn[]>;
  readonly notes: readonly UnusedText[];
}

/** Most rows of titles above the figures. */
const MAX_HEADS = 3;

/** Finds the measures and the names of a table of systems; undefined when it has no measure. */
export function systemLayout(rows: readonly GridRow[]): SystemLayout | undefined {
  const first = rows.findIndex((row) => row.cells.slice(1).some((cell) => figureOf(cell) !== undefined));
  if (first < 1) return undefined;
  const heads = rows.slice(Math.max(0, first - MAX_HEADS), first).filter(hasTitles);
  const body = rows.slice(first);
  const width = Math.max(...heads.map(({ cells }) => cells.length), 0);
  const titles = Array.from({ length: width }, (_, index) => titleOf(heads, index));
  const line = heads.at(-1)?.line ?? 1;
  return arrange({ titles, body, line });
}

function hasTitles({ cells }: GridRow): boolean {
  return cells.filter((cell) => cell !== '').length > 1;
}

/** The titles above a column; one that spans several stands above the first of them. */
function titleOf(heads: readonly GridRow[], index: number): string {
  return heads
    .map(({ cells }, level) => {
      if (level === heads.length - 1) return cells[index] ?? '';
      const upTo = cells.slice(0, index + 1);
      return index === 0 ? '' : (upTo.findLast((cell, at) => at > 0 && cell !== '') ?? '');
    })
    .filter((title) => title !== '')
    .join(' ');
}

interface Titled {
  readonly titles: readonly string[];
  readonly body: readonly GridRow[];
  readonly line: number;
}

function arrange({ titles, body, line }: Titled): SystemLayout | undefined {
  const groups = new Map<string, SystemColumn[]>();
  const notes: UnusedText[] = [];
  const names: number[] = [];
  for (const [index, title] of titles.entries()) {
    const cells = body.map((row) => row.cells[index] ?? '');
    const hasFigures = cells.filter((cell) => figureOf(cell)).length * 2 >= cells.length && index > 0;
    const found = hasFigures ? splitTitle(title) : undefined;
    if (!found) {
      if (isNumbering(cells, index)) continue;
      if (!hasFigures && cells.some((cell) => !isBlank(cell))) names.push(index);
      else if (hasFigures) notes.push({ line, text: title || `column ${index + 1}`, reason: 'not audited' });
      continue;
    }
    const isPercent = isPercentColumn(title, cells);
    const column = { index, measure: found.measure, title, isPercent, isMean: isAggregate(title) };
    groups.set(found.rest, [...(groups.get(found.rest) ?? []), column]);
  }
  const columns = [...groups.values()].flat();
  return columns.length > 0 ? { body, names, columns, groups, notes } : undefined;
}

/** The numbers of the rows. */
function isNumbering(cells: readonly string[], index: number): boolean {
  return (
    index === 0 && cells.length > 1 && cells.every((cell, i) => cell === String(i) || cell === String(i + 1))
  );
}

/** What makes another measure of an accuracy or a mean that stands beside it. */
const OTHER =
  /\btop-?(?:[2-9]|k\b)|balanced|unweighted|\bauc|\bmap\b|class|error|loss|drop|gain|[Δ∆±]|improve|diff|rank/i;

/** What makes another kappa or correlation of one. */
const OTHER_AGREEMENT =
  /weighted|quadratic|linear|fleiss|light|macro|micro|mean|average|annotat|rater|human/i;

/** The level of intervals that stand behind the figures. */
const LEVEL = /[([]?\s*9[059]\s*%?\s*-?\s*(?:ci\b|confidence intervals?)\s*[)\]]?/i;

/** What stands between a measure and the rest of its title. */
const REST = /^(?:on|for|at|in)\s|\s(?:on|for|at|in)$|[()[\],:]|(?:^|\s)[–-](?=\s|$)/gi;

/** The longest run of words in a title that names an audited measure, and what else the title says. */
function splitTitle(title: string): { measure: string; rest: string } | undefined {
  const words = title
    .replace(LEVEL, ' ')
    .replace(/\(%\)|%|↑|↓/g, ' ')
    .trim()
    .split(/\s+/);
  for (let length = Math.min(words.length, 4); length > 0; length--) {
    for (let at = 0; at + length <= words.length; at++) {
      const measure = words.slice(at, at + length).join(' ');
      const named = measureOf(measure);
      if (!['accuracy', 'mean', 'error', 'agreement', 'top'].includes(named?.type ?? '')) continue;
      const rest = [...words.slice(0, at), ...words.slice(at + length)].join(' ');
      if (measureOf(words.join(' '))?.type === 'unused' || OTHER.test(rest)) return undefined;
      if (named?.type === 'agreement' && OTHER_AGREEMENT.test(rest)) return undefined;
      return { measure, rest: rest.replace(REST, ' ').trim().replace(/\s+/g, ' ') };
    }
  }
  return undefined;
}

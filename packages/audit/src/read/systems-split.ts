import { emotionOf } from '../claim/emotions';
import { figureOf } from './cells';
import type { Grid, GridRow } from './grid';
import { meanOf } from './mean-words';
import { isMeasure } from './measures';
import { columnOf, isSystemRow, rowsBelow } from './words';

/** The table of one system within a table of several. */
export interface SystemPart {
  readonly title: string;
  readonly grid: Grid;
}

/** The tables of classes, one for each system, that stand beside each other or below each other; none if there are none. */
export function bySystem(grid: Grid): SystemPart[] {
  const beside = besideEachOther(grid);
  if (beside.length > 0) return beside;
  const named = besideInTitles(grid);
  return named.length > 0 ? named : belowEachOther(grid);
}

/** Columns whose titles name a system and a measure, such as `Ours P`, beside emotions. */
function besideInTitles({ rows: [head, ...body] }: Grid): SystemPart[] {
  const names = body.map(({ cells }) => cells[0] ?? '').filter((name) => meanOf(name) === undefined);
  if (names.length < 2 || names.some((name) => emotionOf(name) === undefined)) return [];
  const titles = head!.cells.slice(1).map(systemInTitle);
  const systems = [...new Set(titles.map((title) => title?.system))];
  const columnsOf = (system: string) =>
    titles.flatMap((title, i) => (title?.system === system ? [i + 1] : []));
  const measuresOf = (system: string) =>
    columnsOf(system)
      .map((index) => columnOf(titles[index - 1]!.measure))
      .join();
  if (systems.length < 2 || !systems.every((system) => system !== undefined)) return [];
  // Else the rest of a title is a word for its measure, as in `F1 score | Recall rate`.
  if (new Set(systems.map(measuresOf)).size > 1) return [];
  const measures = { line: head!.line, cells: ['Class', ...titles.map((title) => title!.measure)] };
  return systems.map((system) => ({
    title: system,
    grid: { type: 'grid', rows: pickColumns([measures, ...body], [0, ...columnsOf(system)]) },
  }));
}

const pickColumns = (rows: readonly GridRow[], columns: readonly number[]): GridRow[] =>
  rows.map(({ line, cells }) => ({ line, cells: columns.map((index) => cells[index] ?? '') }));

/** The measure with which a title ends or begins, and the system that the rest of it names. */
function systemInTitle(title: string): { system: string; measure: string } | undefined {
  const words = title.trim().split(/\s+/);
  const [first, last] = [words[0]!, words.at(-1)!];
  const splits = [
    { measure: last, rest: words.slice(0, -1) },
    { measure: first, rest: words.slice(1) },
    { measure: words.slice(1).join(' '), rest: [first] },
  ];
  return splits
    .map(({ measure, rest }) => ({
      measure,
      system: rest
        .join(' ')
        .replace(/^[([]+|[)\]:,-]+$/g, '')
        .trim(),
    }))
    .find(({ measure, system }) => columnOf(measure) && system !== '' && !columnOf(system));
}

/** Groups of columns below the name of a system each, with the names of the classes in front. */
function besideEachOther({ rows }: Grid): SystemPart[] {
  const at = rows.slice(0, 4).findIndex(({ cells }) => cells.filter((cell) => columnOf(cell)).length > 1);
  if (at < 1) return [];
  const [groups, titles] = [rows[at - 1]!.cells, rows[at]!.cells];
  if (rowsBelow(titles[0] ?? '') === 'systems' || rows.some(({ cells }) => isSystemRow(cells[0] ?? '')))
    return [];
  const starts = groups.flatMap((cell, index) => (cell !== '' && index > 0 ? [index] : []));
  const isFirst = groups[0] !== '' && columnOf(titles[0] ?? '') === undefined && repeats(titles);
  const all = isFirst ? [0, ...starts] : starts;
  if (all.length < 2) return [];
  return all.map((start, k) => {
    const end = all[k + 1] ?? titles.length;
    const width = (cells: readonly string[]) =>
      isFirst ? cells.slice(start, end) : [cells[0] ?? '', ...cells.slice(start, end)];
    const own = rows.slice(at).map(({ line, cells }) => ({ line, cells: width(cells) }));
    return { title: groups[start]!, grid: { type: 'grid', rows: withClassTitle(own) } };
  });
}

/** Whether every group has a column of names of its own. */
function repeats(titles: readonly string[]): boolean {
  return titles.indexOf(titles[0]!, 1) > 0;
}

function withClassTitle([head, ...body]: readonly GridRow[]): GridRow[] {
  return [{ line: head!.line, cells: ['Class', ...head!.cells.slice(1)] }, ...body];
}

/** Rows that name a system in one column and a class in another. */
function belowEachOther({ rows }: Grid): SystemPart[] {
  const [head, ...body] = rows;
  const kinds = head!.cells.map((title) => (columnOf(title) ? undefined : rowsBelow(title)));
  const [system, label] = [kinds.indexOf('systems'), kinds.indexOf('classes')];
  if (system < 0 || label < 0) return [];
  const parts = new Map<string, GridRow[]>();
  let name = '';
  for (const { line, cells } of body) {
    name = cells[system] || name;
    const rest = cells.filter((_, index) => index !== system && index !== label);
    parts.set(name, [...(parts.get(name) ?? []), { line, cells: [cells[label] ?? '', ...rest] }]);
  }
  const titles = ['Class', ...head!.cells.filter((_, index) => index !== system && index !== label)];
  // One system is none to tell apart, but its column is no name of a class.
  if (parts.size === 0 || parts.has('')) return [];
  return [...parts].map(([title, own]) => ({
    title,
    grid: { type: 'grid', rows: [{ line: head!.line, cells: titles }, ...own] },
  }));
}

/** The table with rows and columns exchanged, where its rows are measures; undefined where titles may be shifted. */
export function turned({ rows }: Grid): Grid | undefined {
  const [head, ...body] = rows;
  const measures = body.filter(({ cells }) => isMeasure(cells[0] ?? ''));
  const width = head!.cells.length;
  const isShifted =
    (head!.cells.at(-1) ?? '') === '' && body.some(({ cells }) => figureOf(cells[width - 1] ?? ''));
  const isLong = body.some(({ cells }) => cells.length > width);
  if (measures.length === 0 || measures.length * 2 < body.length || isShifted || isLong) return undefined;
  const columns = head!.cells.slice(1).map((title, j) => ({
    line: head!.line,
    cells: [title, ...body.map(({ cells }) => cells[j + 1] ?? '')],
  }));
  const titles = { line: head!.line, cells: ['System', ...body.map(({ cells }) => cells[0] ?? '')] };
  return { type: 'grid', rows: [titles, ...columns] };
}

import { entryOf } from '../claim/claim';
import { classCapacity } from '../claim/datasets';
import { type Evidence, sum } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import { contradictSum, type Term } from '../numbers/additive';
import {
  type CountRange,
  contains,
  countsFor,
  formatInterval,
  type Interval,
  ONE,
  point,
  UNIT,
  ZERO,
} from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, impossible, quote, undecided } from './check';

/** The printed cells of a row that are shares of the row's items; null where one is missing. */
export function rowFigures(evidence: Evidence, index: number): (Figure | null)[] {
  const label = evidence.classes[index]!;
  return evidence.classes.map(
    (_, j) => evidence.figures.find(({ field }) => field === `confusion.rows.${label}[${j}]`) ?? null,
  );
}

/** Counts that each cell can have in a row of n items; a missing cell can have any. */
function cellCounts(cells: readonly (Interval | null)[], n: number): CountRange[] {
  return cells.map((cell) => (cell ? countsFor(cell, n) : { from: 0, to: n }));
}

/** True when whole numbers that add up to n are printed as these cells. */
export function rowFits(cells: readonly (Interval | null)[], n: number): boolean {
  const counts = cellCounts(cells, n);
  const possible = counts.every(({ from, to }) => from <= to);
  return possible && sum(counts.map(({ from }) => from)) <= n && sum(counts.map(({ to }) => to)) >= n;
}

/** A group of cells whose shares add up to 1: a row, a column, or the whole matrix. */
interface Group {
  readonly name: string;
  readonly cells: readonly (Figure | null)[];
}

function groupsOf(evidence: Evidence): Group[] {
  const { classes } = evidence;
  const rows = classes.map((_, i) => rowFigures(evidence, i));
  switch (evidence.claim.confusion?.normalised) {
    case 'rows':
      return rows.map((cells, i) => ({ name: `row of ${classes[i]}`, cells }));
    case 'columns':
      return classes.map((label, j) => ({ name: `column of ${label}`, cells: rows.map((row) => row[j]!) }));
    case 'all':
      return [{ name: 'matrix', cells: rows.flat() }];
    default:
      return [];
  }
}

export const confusionSums: Check = {
  id: 'confusion-sums',
  title: 'The shares of a row, a column or a whole confusion matrix add up to 1',
  rule:
    'Every item of a class is predicted as exactly one class, so the shares of its row add up to 1; so do those of a ' +
    'column where cells are divided by predictions, and all of them where cells are divided by n. A column of a class ' +
    'that is never predicted may hold zeros only.',
  source: 'definition of a normalised confusion matrix',
  run(evidence) {
    const failures: Certificate[] = [];
    const groups = groupsOf(evidence).filter(({ cells }) => cells.some((cell) => cell !== null));
    for (const { name, cells } of groups) {
      if (cells.every((cell) => cell === null || contains(cell.interval, ZERO))) continue;
      const terms = cells.map((cell): Term<Figure> => {
        return { weight: ONE, known: cell?.interval ?? UNIT, fallback: UNIT, from: cell ?? undefined };
      });
      const found = contradictSum(point(ONE), terms);
      if (!found) continue;
      const used = found.terms.map((term) => term.from!);
      const statement = `the ${name} adds up to ${formatInterval(found.sum)}, not to 1: ${quote(used)}`;
      failures.push(certificate(used, statement));
    }
    const ok = `${groups.length} ${groups.length === 1 ? 'group of cells' : 'groups of cells'} can add up to 1`;
    return conclude(failures, groups.length, { ok, missing: 'needs a normalised confusion matrix' });
  },
};

export const grimRows: Check = {
  id: 'grim-rows',
  title: 'The cells of a row are whole numbers that add up to its items',
  rule:
    'A row of n_i items needs whole numbers for its cells, each printed as its share, that add up to n_i: every cell ' +
    'must have a count, the least counts may not exceed n_i and the largest must reach it.',
  source: 'GRIM (Brown and Heathers 2017), applied to a whole row of a confusion matrix',
  run(evidence) {
    const { supports, claim, n } = evidence;
    const { normalised } = claim.confusion ?? {};
    const sizes =
      normalised === 'rows' ? supports : normalised === 'all' && n !== undefined ? [n] : undefined;
    if (!sizes || evidence.aggregation.kind !== 'single') {
      return undecided('needs a matrix divided by its rows and the supports, or one divided by n');
    }
    const failures: Certificate[] = [];
    let tried = 0;
    for (const [index, { name, cells }] of groupsOf(evidence).entries()) {
      const printed = cells.filter((cell) => cell !== null);
      if (printed.length === 0) continue;
      tried++;
      const intervals = cells.map((cell) => cell?.interval ?? null);
      // A class without items has a row without shares; programs print zeros.
      const fits = sizes[index] === 0 ? zeroRow(intervals) : rowFits(intervals, sizes[index]!);
      if (!fits) failures.push(rowCertificate(printed, sizes[index]!, name));
    }
    return conclude(failures, tried, {
      ok: `whole numbers give ${tried} of them`,
      missing: 'no cell is printed',
    });
  },
};

function zeroRow(cells: readonly (Interval | null)[]): boolean {
  return cells.every((cell) => cell === null || contains(cell, ZERO));
}

function rowCertificate(printed: readonly Figure[], n: number, label: string): Certificate {
  const alone = printed.find((cell) => {
    const { from, to } = countsFor(cell.interval, n);
    return from > to;
  });
  if (alone)
    return certificate([alone], `no whole number of ${n} items gives ${alone.meaning} ${alone.text}`);
  const counts = printed.map((cell) => countsFor(cell.interval, n));
  const [least, most] = [sum(counts.map(({ from }) => from)), sum(counts.map(({ to }) => to))];
  const statement = `the cells of the ${label} stand for ${least} to ${most} items together, not for ${n}: ${quote(printed)}`;
  return certificate(printed, statement, 'irreducible');
}

export const confusionCounts: Check = {
  id: 'confusion-counts',
  title: 'Counts of a confusion matrix add up to the supports',
  rule: 'The counts of a row add up to the number of items of its class.',
  source: 'definition of a confusion matrix',
  run(evidence) {
    const { claim } = evidence;
    if (claim.confusion?.normalised !== 'counts' || !claim.supports)
      return undecided('needs counts and supports');
    const failures: Certificate[] = [];
    let tried = 0;
    for (const [label, row] of Object.entries(claim.confusion.rows)) {
      const support = entryOf(claim.supports, label);
      const counts = row.filter((cell) => typeof cell === 'number');
      if (support === undefined || counts.length === 0) continue;
      tried++;
      const complete = counts.length === row.length;
      if (complete ? sum(counts) === support : sum(counts) <= support) continue;
      const figures = [
        { field: `confusion.rows.${label}`, meaning: `row of ${label}`, text: row.join(' ') },
        { field: `supports.${label}`, meaning: `support of ${label}`, text: String(support) },
      ];
      const statement = `the row of ${label} adds up to ${sum(counts)}, its support is ${support}`;
      failures.push({ figures, statement, minimality: 'smallest' });
    }
    if (failures.length) return impossible(...failures);
    return conclude([], tried, { ok: 'they do', missing: 'needs counts and supports' });
  },
};

/** Which official parts of the data set a printed row can come from, as sentences. */
export function rowOrigins(evidence: Evidence): string[] {
  const { dataset, claim } = evidence;
  if (claim.confusion?.normalised !== 'rows' || !dataset) return [];
  const parts = [...Object.entries(dataset.parts), ['the whole set', dataset.all] as const];
  return evidence.classes.flatMap((label, index) => {
    const cells = rowFigures(evidence, index).map((cell) => cell?.interval ?? null);
    if (cells.every((cell) => cell === null)) return [];
    const known = parts.flatMap(([name, part]) => {
      const n = classCapacity(part, label);
      return n === undefined ? [] : [{ name: `${name} (${n})`, fits: rowFits(cells, n) }];
    });
    if (known.every(({ fits }) => fits)) return [];
    const names = (wanted: boolean) =>
      known
        .filter(({ fits }) => fits === wanted)
        .map(({ name }) => name)
        .join(', ') || 'none';
    return [`the row of ${label} fits the items of ${names(true)}, and cannot come from ${names(false)}`];
  });
}

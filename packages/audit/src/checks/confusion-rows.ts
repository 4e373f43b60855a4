import { entryOf } from '../claim/claim';
import { classCapacity } from '../claim/datasets';
import { type Evidence, sum } from '../evidence/evidence';
import type { Figure } from '../evidence/figures';
import { contradictSum, type Term } from '../numbers/additive';
import {
  type CountRange,
  countsFor,
  formatInterval,
  type Interval,
  ONE,
  point,
  UNIT,
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

export const confusionRowSums: Check = {
  id: 'confusion-row-sums',
  title: 'The shares of a row of the confusion matrix add up to 1',
  rule: 'Every item of a class is predicted as exactly one class, so the shares of its row add up to 1.',
  source: 'definition of a row-normalised confusion matrix',
  run(evidence) {
    if (evidence.claim.confusion?.normalised !== 'rows')
      return undecided('needs a row-normalised confusion matrix');
    const failures: Certificate[] = [];
    let tried = 0;
    for (const index of evidence.classes.keys()) {
      const cells = rowFigures(evidence, index);
      if (cells.every((cell) => cell === null)) continue;
      tried++;
      const terms = cells.map((cell): Term<Figure> => {
        return { weight: ONE, known: cell?.interval ?? UNIT, fallback: UNIT, from: cell ?? undefined };
      });
      const found = contradictSum(point(ONE), terms);
      if (!found) continue;
      const used = found.terms.map((term) => term.from!);
      const statement = `the row of ${evidence.classes[index]} adds up to ${formatInterval(found.sum)}, not to 1: ${quote(used)}`;
      failures.push(certificate(used, statement));
    }
    return conclude(failures, tried, { ok: `${tried} rows can add up to 1`, missing: 'no row is printed' });
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
    const { supports, claim } = evidence;
    if (claim.confusion?.normalised !== 'rows' || !supports || evidence.aggregation.kind !== 'single') {
      return undecided('needs a row-normalised confusion matrix and the supports');
    }
    const failures: Certificate[] = [];
    let tried = 0;
    for (const [index, n] of supports.entries()) {
      const cells = rowFigures(evidence, index);
      const printed = cells.filter((cell) => cell !== null);
      if (printed.length === 0) continue;
      tried++;
      if (
        rowFits(
          cells.map((cell) => cell?.interval ?? null),
          n,
        )
      )
        continue;
      failures.push(rowCertificate(printed, n, evidence.classes[index]!));
    }
    return conclude(failures, tried, {
      ok: `whole numbers give all ${tried} rows`,
      missing: 'no row is printed',
    });
  },
};

function rowCertificate(printed: readonly Figure[], n: number, label: string): Certificate {
  const alone = printed.find((cell) => {
    const { from, to } = countsFor(cell.interval, n);
    return from > to;
  });
  if (alone)
    return certificate([alone], `no whole number of ${n} items gives ${alone.meaning} ${alone.text}`);
  const counts = printed.map((cell) => countsFor(cell.interval, n));
  const [least, most] = [sum(counts.map(({ from }) => from)), sum(counts.map(({ to }) => to))];
  const statement = `the cells of ${label} stand for ${least} to ${most} items together, not for ${n}: ${quote(printed)}`;
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
    return [`the row of ${label} fits the items of ${names(true)}, and can not come from ${names(false)}`];
  });
}

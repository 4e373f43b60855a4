import { type Evidence, sum } from '../evidence/evidence';
import type { Figure } from '../evidence/figure';
import {
  buildClassTable,
  type ClassTable,
  isEmptyTable,
  predictionSpan,
  truePositiveSpan,
} from '../matrix/class-table';
import { buildProblem, type ClassConstraints, MOST_ITEMS } from '../matrix/problem';
import { contradictSum, type Term } from '../numbers/additive';
import { Fraction } from '../numbers/fraction';
import { closed, point } from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, quote } from './check';

const METRICS = ['recall', 'precision', 'f1', 'ovr', 'specificity', 'npv', 'f2', 'f05'] as const;

/** The figures of one class that bind its counts. */
function classFigures(evidence: Evidence, index: number): Figure[] {
  const usable =
    evidence.aggregation.kind === 'single' ? METRICS : (['recall', 'ovr', 'specificity'] as const);
  return usable.flatMap((metric) => evidence.narrowest(`${metric}:${index}`) ?? []);
}

function constraintsOf(figures: readonly Figure[]): ClassConstraints {
  return Object.fromEntries(figures.map((figure) => [figure.key.split(':')[0], figure.interval]));
}

/** Known supports, multiplied by the number of runs; undefined where counts don't apply, or are too many. */
function countedSupports(evidence: Evidence): readonly number[] | undefined {
  const { kind } = evidence.aggregation;
  if (!evidence.supports || (kind !== 'single' && kind !== 'runs')) return undefined;
  const { supports, n } = buildProblem(evidence, evidence.supports);
  return n <= MOST_ITEMS ? supports : undefined;
}

function tableOf(figures: readonly Figure[], support: number, n: number): ClassTable {
  return buildClassTable(constraintsOf(figures), { support, n, correct: 0 });
}

/** All subsets with at least two members, small ones first. */
function subsets<T>(items: readonly T[]): T[][] {
  const all = Array.from({ length: 2 ** items.length }, (_, mask) => items.filter((_, i) => (mask >> i) & 1));
  return all.filter((subset) => subset.length > 1).sort((a, b) => a.length - b.length);
}

export const classCounts: Check = {
  id: 'class-counts',
  title: 'Whole numbers yield precision, recall, F1 and one-vs-rest accuracy of a class together',
  rule:
    'With n_i items of a class there must be whole numbers t (true positives) and p (predictions), t <= n_i and ' +
    't <= p <= n - n_i + t, with recall t / n_i, precision t / p, F1 2t / (n_i + p) and one-vs-rest accuracy ' +
    '(n - n_i - p + 2t) / n. All t that the recall allows are tried; for each the others bound p.',
  source:
    'exhaustive search over whole numbers, as in the tests for one binary problem of Fazekas and Kovacs 2023 (mlscorecheck)',
  run(evidence) {
    const supports = countedSupports(evidence);
    const n = sum(supports ?? []);
    const failures: Certificate[] = [];
    let tried = 0;
    for (const [i, support] of (supports ?? []).entries()) {
      const figures = classFigures(evidence, i);
      if (figures.length < 2) continue;
      tried++;
      if (!isEmptyTable(tableOf(figures, support, n))) continue;
      const smallest = subsets(figures).find((subset) => isEmptyTable(tableOf(subset, support, n)))!;
      const statement = `no whole numbers of true positives (of ${support} items) and predictions give ${quote(smallest)}`;
      failures.push(certificate(smallest, statement));
    }
    return conclude(failures, tried, {
      ok: `they do for ${tried} classes`,
      missing: 'needs supports and two figures of a class',
    });
  },
};

export const classSums: Check = {
  id: 'class-sums',
  title: 'True positives add up to the correct answers, predictions to the number of items',
  rule:
    'The true positives of all classes add up to n times the accuracy, and since every item is predicted as exactly ' +
    'one class, the predictions p_i = t_i / precision_i of all classes add up to n: as many false positives as ' +
    'false negatives in all.',
  source: 'sums over the diagonal and over the columns of a confusion matrix',
  run(evidence) {
    const supports = countedSupports(evidence);
    const failures: Certificate[] = [];
    let tried = 0;
    if (supports) {
      const rows = supports.map((support, i) => {
        const figures = classFigures(evidence, i);
        return { figures, support, table: tableOf(figures, support, sum(supports)) };
      });
      if (rows.some(({ table }) => isEmptyTable(table)))
        return conclude([], 0, { ok: '', missing: 'a class contradicts itself' });
      tried = rows.filter(({ figures }) => figures.length > 0).length;
      failures.push(...predictionSum(rows, sum(supports)), ...correctSum(evidence, rows, sum(supports)));
    }
    return conclude(failures, tried, { ok: 'they do', missing: 'needs supports and class figures' });
  },
};

interface Row {
  readonly figures: readonly Figure[];
  readonly support: number;
  readonly table: ClassTable;
}

function spanTerms(
  rows: readonly Row[],
  span: (table: ClassTable) => { from: number; to: number },
  ends: (row: Row) => number,
) {
  return rows.map((row): Term<readonly Figure[]> => {
    const { from, to } = span(row.table);
    const known = closed(new Fraction(from), new Fraction(to));
    const fallback = closed(new Fraction(0), new Fraction(ends(row)));
    return { weight: new Fraction(1), known, fallback, from: row.figures.length ? row.figures : undefined };
  });
}

function predictionSum(rows: readonly Row[], n: number): Certificate[] {
  const found = contradictSum(
    point(new Fraction(n)),
    spanTerms(rows, predictionSpan, () => n),
  );
  if (!found) return [];
  const used = found.terms.flatMap((term) => term.from!);
  const bound =
    found.side === 'below' ? `at most ${found.sum.hi.toString()}` : `at least ${found.sum.lo.toString()}`;
  const statement = `by ${quote(used)} and the supports, the predictions add up to ${bound}, not to n = ${n}`;
  return [certificate(used, statement, 'irreducible')];
}

function correctSum(evidence: Evidence, rows: readonly Row[], n: number): Certificate[] {
  return evidence.find('accuracy').flatMap((accuracy) => {
    const { correct } = buildProblem(
      { ...evidence, find: (key) => (key === 'accuracy' ? [accuracy] : []) },
      evidence.supports!,
    );
    if (correct.from > correct.to) return [];
    const target = closed(new Fraction(correct.from), new Fraction(correct.to));
    const found = contradictSum(
      target,
      spanTerms(rows, truePositiveSpan, ({ support }) => support),
    );
    if (!found) return [];
    const used = found.terms.flatMap((term) => term.from!);
    const bound =
      found.side === 'below' ? `at most ${found.sum.hi.toString()}` : `at least ${found.sum.lo.toString()}`;
    const statement =
      `by ${quote(used)} the true positives of whole items add up to ${bound}, but ${accuracy.meaning} ` +
      `${accuracy.text} of ${n} items means ${correct.from} to ${correct.to}`;
    return [certificate([accuracy, ...used], statement, 'irreducible')];
  });
}

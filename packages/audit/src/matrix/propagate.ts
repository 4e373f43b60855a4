import { sum } from '../evidence/evidence';
import type { CountRange } from '../numbers/interval';
import {
  buildClassTable,
  type ClassTable,
  isEmptyTable,
  predictionSpan,
  restrictTable,
  truePositiveSpan,
} from './class-table';
import type { MatrixProblem } from './problem';

/** Tables of all classes, and the correct answers that they allow together. */
export interface Tables {
  readonly classes: readonly ClassTable[];
  readonly correct: CountRange;
}

/** The tables of a problem, each by itself. */
export function buildTables(problem: MatrixProblem): ClassTable[] {
  return problem.classes.map((constraints, i) => {
    const { cells } = problem;
    const predictions = cells && {
      from: sum(cells.map((row) => row[i]!.from)),
      to: sum(cells.map((row) => row[i]!.to)),
    };
    return buildClassTable(constraints, {
      support: problem.supports[i]!,
      n: problem.n,
      correct: problem.correct.from,
      ...(cells && { truePositives: cells[i]![i]! }),
      ...(predictions && { predictions }),
    });
  });
}

/** Ends of what one summand may be when the sum of all lies in `total`. */
function remainder(total: CountRange, spans: readonly CountRange[], index: number): CountRange {
  const others = spans.filter((_, i) => i !== index);
  return {
    from: total.from - sum(others.map((span) => span.to)),
    to: total.to - sum(others.map((span) => span.from)),
  };
}

/**
 * Narrows the tables until the sums of t and p leave nothing to narrow.
 * @returns undefined when a table runs empty: no matrix exists
 */
export function propagate(problem: MatrixProblem, start: readonly ClassTable[]): Tables | undefined {
  let classes = [...start];
  let { correct } = problem;
  for (let size = -1; ; ) {
    if (classes.some(isEmptyTable)) return undefined;
    const t = classes.map(truePositiveSpan);
    const p = classes.map(predictionSpan);
    correct = {
      from: Math.max(correct.from, sum(t.map((span) => span.from))),
      to: Math.min(correct.to, sum(t.map((span) => span.to))),
    };
    if (correct.from > correct.to) return undefined;
    const all = { from: problem.n, to: problem.n };
    classes = classes.map((table, i) => restrictTable(table, remainder(correct, t, i), remainder(all, p, i)));
    const left =
      sum(classes.map((table) => table.truePositives.length)) + sum(p.map((span) => span.to - span.from));
    if (left === size) return classes.some(isEmptyTable) ? undefined : { classes, correct };
    size = left;
  }
}

import type { Results } from '../../evaluate/results';
import { column, type ReportTable } from '../table';
import { dataNotes, describeResults, titled } from '../words';

interface ConfusionRow {
  readonly name: string;
  /** Images by predicted class. */
  readonly cells: readonly number[];
  readonly all: number;
}

/** Counts by true class (rows) and predicted class (columns), with their sums. */
export function tableConfusion(results: Results): ReportTable<ConfusionRow> {
  const { confusion, metrics, count } = results.test;
  const { classes } = results.dataset;
  return {
    title: titled('Confusion matrix of the test part, in images', results),
    columns: [
      column('True \\ predicted', ({ name }) => name),
      ...classes.map((name, label) => column<ConfusionRow>(name, ({ cells }) => cells[label])),
      column('All', ({ all }) => all),
    ],
    rows: [
      ...confusion.map((cells, label) => ({
        name: classes[label]!,
        cells,
        all: metrics.perClass[label]!.support,
      })),
      { name: 'All', cells: metrics.perClass.map(({ predicted }) => predicted), all: count },
    ],
    notes: [`Ours: ${describeResults(results)}.`, ...dataNotes(results.dataset)],
  };
}

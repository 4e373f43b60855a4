import type { Results } from '../../evaluate/results';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';
import { dataNotes, INTERVALS_NOTE, titled } from '../words';

/** Precision, recall and F1 of each class on the test part with their intervals. Its rows are the labels. */
export function tableByClass(results: Results): ReportTable<number> {
  const { classes } = results.dataset;
  const metrics = results.test.metrics.perClass;
  const intervals = results.test.intervals.perClass;
  return {
    title: titled('Test part by class', results),
    columns: [
      column('Class', (label) => classes[label]),
      column('Images', (label) => metrics[label]!.support, COUNT),
      column('Precision', (label) => metrics[label]!.precision, SHARE),
      column('95 %, precision', (label) => intervals[label]!.precision, SHARE),
      column('Recall', (label) => metrics[label]!.recall, SHARE),
      column('95 %, recall', (label) => intervals[label]!.recall, SHARE),
      column('F1', (label) => metrics[label]!.f1, SHARE),
      column('95 %, F1', (label) => intervals[label]!.f1, SHARE),
    ],
    rows: [...metrics.keys()],
    notes: [
      ...dataNotes(results.dataset),
      INTERVALS_NOTE,
      'The intervals are not simultaneous: each covers its own value in 95 % of samples, but all of them together do so in fewer.',
    ],
  };
}

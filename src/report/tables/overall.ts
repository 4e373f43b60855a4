import type { Evaluation, ImageNumbers } from '../../evaluate/evaluation';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';

interface OverallRow extends ImageNumbers {
  readonly name: string;
}

/** Images, hits and accuracy of one evaluation with its interval, and without copies of training images. */
export function tableOverall(evaluation: Evaluation): ReportTable<OverallRow> {
  const { part, count, withoutCopies } = evaluation;
  const hasCopies = withoutCopies && withoutCopies.count !== count;
  return {
    columns: [
      column('part', ({ name }) => name),
      column('images', (row) => row.count, COUNT),
      column('correct', (row) => Math.round(row.metrics.accuracy * row.count), COUNT),
      column('accuracy', ({ metrics }) => metrics.accuracy, SHARE),
      column('95 % interval (Wilson)', ({ intervals }) => intervals.accuracy, SHARE),
    ],
    rows: [
      { name: part, ...evaluation },
      ...(hasCopies ? [{ name: `${part}, without copies`, ...withoutCopies }] : []),
    ],
  };
}

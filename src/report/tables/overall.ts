import type { Evaluation } from '../../evaluate/evaluation';
import { COUNT, SHARE } from '../columns';
import { column, type ReportTable } from '../table';

/** Images, hits and accuracy of one evaluation with its interval, in one line. */
export function tableOverall(evaluation: Evaluation): ReportTable<Evaluation> {
  return {
    columns: [
      column('part', ({ part }) => part),
      column('images', ({ count }) => count, COUNT),
      column('correct', ({ metrics, count }) => Math.round(metrics.accuracy * count), COUNT),
      column('accuracy', ({ metrics }) => metrics.accuracy, SHARE),
      column('95 % interval (Wilson)', ({ intervals }) => intervals.accuracy, SHARE),
    ],
    rows: [evaluation],
  };
}

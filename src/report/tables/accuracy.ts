import type { Results } from '../../evaluate/results';
import { paperTable } from '../paper';
import type { ReportTable } from '../table';
import { titled } from '../words';
import {
  classRows,
  measuredColumns,
  overallRow,
  PAPER_COLUMNS,
  type PaperRow,
  paperNotes,
} from './paper-rows';

const READINGS = ['oneVsRestAccuracy', 'recall'] as const;

/**
 * Table I. The paper does not say what the accuracy of one class is, so both readings stand beside it: one class
 * against the rest, and the share of the class's images that are found (recall).
 */
export function tableAccuracy(results: Results): ReportTable<PaperRow> {
  const paper = paperTable('accuracy');
  const { metrics, intervals } = results.test;
  const overall = { value: metrics.accuracy, interval: intervals.accuracy };
  const mean = (kind: 'macro' | 'weighted') =>
    READINGS.map((reading) => ({ value: metrics[kind][reading], interval: intervals[kind][reading] }));
  return {
    title: titled('Table I. Accuracy by class: paper and ours, in both readings', results),
    columns: [
      ...PAPER_COLUMNS,
      ...measuredColumns(namesOf('one-vs-rest'), 0),
      ...measuredColumns(namesOf('recall'), 1),
    ],
    rows: [
      ...classRows(results, paper, READINGS),
      overallRow('Overall accuracy', { results, paper }, [null, overall]),
      overallRow('Macro mean', { results, paper }, mean('macro')),
      overallRow('Weighted mean', { results, paper }, mean('weighted')),
    ],
    notes: [
      ...paperNotes(results, paper, ['recall']),
      'The paper does not define the accuracy of a class. One-vs-rest accuracy: share of all images that are correctly assigned, or correctly not assigned, to the class. Recall: share of the images of the class that are assigned to it; its weighted mean is the overall accuracy.',
    ],
  };
}

const namesOf = (reading: string) =>
  ['Ours', 'Difference', '95 % interval'].map((name) => `${name}: ${reading}`);

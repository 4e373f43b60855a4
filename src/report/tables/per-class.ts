import type { Results } from '../../evaluate/results';
import { METRIC_NAMES, paperTable } from '../paper';
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

/** One of Tables II to IV: precision, recall or F1 by class, the paper's beside ours, with macro and weighted means. */
export function tablePerClass(
  results: Results,
  metric: 'precision' | 'recall' | 'f1',
): ReportTable<PaperRow> {
  const paper = paperTable(metric);
  const { metrics, intervals } = results.test;
  const mean = (kind: 'macro' | 'weighted', name: string) =>
    overallRow(name, { results, paper }, [
      { value: metrics[kind][metric], interval: intervals[kind][metric] },
    ]);
  const f1OfMeans = { value: metrics.macroF1OfMeans, interval: intervals.macroF1OfMeans };
  return {
    title: titled(`Table ${paper.number}. ${METRIC_NAMES[metric]} by class: paper and ours`, results),
    columns: [...PAPER_COLUMNS, ...measuredColumns(['Ours', 'Difference', '95 % interval'])],
    rows: [
      ...classRows(results, paper, [metric]),
      mean('macro', 'Overall, macro mean'),
      ...(metric === 'f1' ? [overallRow('Overall, F1 of macro means', { results, paper }, [f1OfMeans])] : []),
      mean('weighted', 'Overall, weighted mean'),
    ],
    notes: paperNotes(results, paper, [metric]),
  };
}

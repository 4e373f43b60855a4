import type { Results } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import {
  METRIC_NAMES,
  PAPER_TEXT_RECALL,
  type PaperClass,
  type PaperTable,
  paperClasses,
  paperTable,
} from '../paper';
import { describeResults, titled } from '../words';
import { classBars } from './class-bars';
import { axis, COLORS, categoryAxis, hatched, themed } from './theme';

/**
 * Bars of a metric by class: the paper's printed values beside ours with their 95 % intervals.
 * The data has to have the paper's classes.
 * @param prefix of the title, such as the number of the paper's figure
 */
export function plotPerClass(results: Results, metric: PaperTable['metric'], prefix = ''): PlotlyFigure {
  const paper = paperTable(metric);
  const rows = paperClasses(results.dataset.classes);
  return themed(
    {
      title: titled(`${prefix}${METRIC_NAMES[metric]} by class: paper and ours`, results),
      subtitle: `Ours with 95 % intervals: ${describeResults(results)}`,
    },
    [
      paperBars(rows, { name: `Paper, Table ${paper.number}`, values: paper.values, shape: '/' }),
      ...(metric === 'recall'
        ? [paperBars(rows, { name: 'Paper, text on Fig. 3', values: PAPER_TEXT_RECALL, shape: '.' })]
        : []),
      ...ourBars(results, metric),
    ],
    {
      barmode: 'group',
      xaxis: categoryAxis(),
      yaxis: axis(METRIC_NAMES[metric], { range: [0, 1.02], tickformat: '.1f', dtick: 0.2 }),
    },
  );
}

function paperBars(
  rows: readonly PaperClass[],
  { name, values, shape }: { name: string; values: readonly string[]; shape: string },
): object {
  const y = rows.map(({ at }) => Number(values[at]));
  return { type: 'bar', name, x: rows.map((row) => row.name), y, marker: hatched(shape) };
}

function ourBars(results: Results, metric: PaperTable['metric']): object[] {
  const rows = paperClasses(results.dataset.classes);
  if (metric !== 'accuracy')
    return [classBars(results.test, rows, { metric, name: 'Ours', color: COLORS.ours })];
  return [
    classBars(results.test, rows, {
      metric: 'oneVsRestAccuracy',
      name: 'Ours, one-vs-rest',
      color: COLORS.ours,
    }),
    classBars(results.test, rows, { metric: 'recall', name: 'Ours, recall', color: COLORS.second }),
  ];
}

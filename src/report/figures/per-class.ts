import { PAPER_ROWS } from '../../dataset/emotions';
import type { Interval } from '../../evaluate/intervals';
import { type ClassMetric, isDefined } from '../../evaluate/metrics';
import type { Results } from '../../evaluate/results';
import type { Figure } from '../figure';
import { METRIC_NAMES, PAPER_TEXT_RECALL, type PaperTable, paperTable } from '../paper';
import { describeResults, titled } from '../words';
import { axis, COLORS, categoryAxis, hatched, themed } from './theme';

const NAMES = PAPER_ROWS.map(({ name }) => name);
const LABELS = PAPER_ROWS.map(({ label }) => label);

/**
 * Bars of a metric by class: the paper's printed values beside ours with their 95 % intervals.
 * @param prefix of the title, such as the number of the paper's figure
 */
export function plotPerClass(results: Results, metric: PaperTable['metric'], prefix = ''): Figure {
  const paper = paperTable(metric);
  return themed(
    {
      title: titled(`${prefix}${METRIC_NAMES[metric]} by class: paper and ours`, results),
      subtitle: `Ours with 95 % intervals: ${describeResults(results)}`,
    },
    [
      paperBars(`Paper, Table ${paper.number}`, paper.values, '/'),
      ...(metric === 'recall' ? [paperBars('Paper, text on Fig. 3', PAPER_TEXT_RECALL, '.')] : []),
      ...ourBars(results, metric),
    ],
    {
      barmode: 'group',
      xaxis: categoryAxis(),
      yaxis: axis(METRIC_NAMES[metric], { range: [0, 1.02], tickformat: '.1f', dtick: 0.2 }),
    },
  );
}

function paperBars(name: string, values: readonly string[], shape: string): object {
  const y = LABELS.map((label) => Number(values[label]));
  return { type: 'bar', name, x: NAMES, y, marker: hatched(shape) };
}

function ourBars(results: Results, metric: PaperTable['metric']): object[] {
  if (metric !== 'accuracy') return [ourBar(results, metric, 'Ours', COLORS.ours)];
  return [
    ourBar(results, 'oneVsRestAccuracy', 'Ours, one-vs-rest', COLORS.ours),
    ourBar(results, 'recall', 'Ours, recall', COLORS.second),
  ];
}

/** Bars with intervals; a dash stands for a class whose metric is undefined. */
function ourBar(results: Results, metric: ClassMetric, name: string, color: string): object {
  const { metrics, intervals } = results.test;
  const hasValue = LABELS.map((label) => isDefined(metrics.perClass[label]!, metric));
  const values = LABELS.map((label) => metrics.perClass[label]![metric]);
  const ranges = LABELS.map((label, i) =>
    hasValue[i] ? intervals.perClass[label]![metric] : ([values[i]!, values[i]!] as const),
  );
  return {
    type: 'bar',
    name,
    x: NAMES,
    y: values,
    marker: { color },
    error_y: errorBars(values, ranges),
    text: hasValue.map((has) => (has ? '' : '–')),
    textposition: 'outside',
    textfont: { color },
  };
}

function errorBars(values: readonly number[], ranges: readonly Interval[]): object {
  return {
    type: 'data',
    symmetric: false,
    array: ranges.map(([, high], i) => high - values[i]!),
    arrayminus: ranges.map(([low], i) => values[i]! - low),
    color: COLORS.ink,
    thickness: 1.2,
    width: 3,
  };
}

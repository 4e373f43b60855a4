import type { Results } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { paperClasses, paperTable } from '../paper';
import { byAccuracy, methodName } from '../tables/methods';
import { titled } from '../words';
import { axis, COLORS, themed } from './theme';

const COLOR_OF_KIND: Readonly<Record<Results['classifier']['kind'], string>> = {
  baseline: COLORS.second,
  network: COLORS.ours,
  ensemble: COLORS.third,
};

const NAME_OF_KIND: Readonly<Record<Results['classifier']['kind'], string>> = {
  baseline: 'no network',
  network: 'network',
  ensemble: 'ensemble',
};

/** Accuracy of each method on the test part with its 95 % interval, and the paper's for data of its classes. */
export function plotMethods(all: readonly Results[]): PlotlyFigure {
  const rows = byAccuracy(all);
  const names = rows.map((results) => methodName(results, all));
  const kinds = [...new Set(rows.map(({ classifier }) => classifier.kind))];
  const isOfPaper = paperClasses(rows[0]!.dataset.classes).length > 0;
  return themed(
    {
      title: titled('Accuracy by method', { isSynthetic: all.some(({ isSynthetic }) => isSynthetic) }),
      subtitle: 'On the test part, with 95 % Wilson intervals',
    },
    kinds.map((kind) => dots(kind, rows, names)),
    {
      width: 860,
      height: 180 + 34 * rows.length,
      xaxis: axis('Accuracy, %', { range: [0, 100], dtick: 10 }),
      yaxis: axis('', {
        ...{ type: 'category', categoryorder: 'array', categoryarray: names },
        range: [-0.6, rows.length - 0.3], // leaves room for the number above the first
      }),
      ...(isOfPaper ? paperLine() : {}),
    },
  );
}

function dots(
  kind: Results['classifier']['kind'],
  rows: readonly Results[],
  names: readonly string[],
): object {
  const own = rows.flatMap((results, i) =>
    results.classifier.kind === kind ? [{ results, name: names[i]! }] : [],
  );
  const accuracy = own.map(({ results }) => 100 * results.test.metrics.accuracy);
  const intervals = own.map(({ results }) => results.test.intervals.accuracy);
  return {
    type: 'scatter',
    mode: 'markers+text',
    name: NAME_OF_KIND[kind],
    x: accuracy,
    y: own.map(({ name }) => name),
    marker: { color: COLOR_OF_KIND[kind], size: 9 },
    text: accuracy.map((value) => value.toFixed(1)),
    textposition: 'top center',
    textfont: { size: 11 },
    error_x: {
      type: 'data',
      symmetric: false,
      array: intervals.map(([, high], i) => 100 * high - accuracy[i]!),
      arrayminus: intervals.map(([low], i) => accuracy[i]! - 100 * low),
      color: COLOR_OF_KIND[kind],
      thickness: 1.5,
      width: 4,
    },
  };
}

/** A dashed line at the accuracy that the paper prints. */
function paperLine(): object {
  const printed = 100 * Number(paperTable('accuracy').overall);
  const line = { color: COLORS.quiet, width: 1.5, dash: 'dash' };
  return {
    shapes: [{ type: 'line', x0: printed, x1: printed, yref: 'paper', y0: 0, y1: 1, line }],
    annotations: [
      {
        ...{ x: printed, yref: 'paper', y: 0.02, xanchor: 'left', yanchor: 'bottom', showarrow: false },
        text: ' the paper',
        font: { size: 12, color: COLORS.quiet },
      },
    ],
  };
}

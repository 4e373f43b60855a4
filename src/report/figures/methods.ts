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
  baseline: 'no network of its own',
  network: 'network',
  ensemble: 'ensemble',
};

/**
 * Accuracy of each method on the test part with its 95 % interval, and the paper's for data of its classes. Beside it, where
 * somebody has measured them, the times of an image.
 */
export function plotMethods(all: readonly Results[]): PlotlyFigure {
  const rows = byAccuracy(all);
  const names = rows.map((results) => methodName(results, all));
  const kinds = [...new Set(rows.map(({ classifier }) => classifier.kind))];
  const isOfPaper = paperClasses(rows[0]!.dataset.classes).length > 0;
  const isTimed = rows.some(({ cost }) => cost?.timing);
  return themed(
    {
      title: titled('Accuracy by method', { isSynthetic: all.some(({ isSynthetic }) => isSynthetic) }),
      subtitle: `On the test part, with 95 % Wilson intervals${isTimed ? '; processor time of an image, on a logarithmic scale' : ''}`,
    },
    kinds.flatMap((kind) => {
      const own = ofKind(kind, rows, names);
      return [accuracyDots(kind, own), ...(isTimed ? [timeDots(kind, own)] : [])];
    }),
    {
      width: isTimed ? 1080 : 860,
      height: 180 + 34 * rows.length,
      xaxis: axis('Accuracy, %', { range: [0, 100], dtick: 10, domain: [0, isTimed ? 0.66 : 1] }),
      ...(isTimed ? { xaxis2: timeAxis(rows) } : {}),
      yaxis: axis('', {
        ...{ type: 'category', categoryorder: 'array', categoryarray: names },
        range: [-0.6, rows.length - 0.3], // leaves room for the number above the first
      }),
      ...(isOfPaper ? paperLine() : {}),
    },
  );
}

interface NamedRow {
  readonly results: Results;
  readonly name: string;
}

type Kind = Results['classifier']['kind'];

const ofKind = (kind: Kind, rows: readonly Results[], names: readonly string[]): NamedRow[] =>
  rows.flatMap((results, i) => (results.classifier.kind === kind ? [{ results, name: names[i]! }] : []));

/** What the dots of both panels have in common. */
const dots = (kind: Kind, values: readonly { name: string; value: number; text: string }[]) => ({
  type: 'scatter',
  mode: 'markers+text',
  name: NAME_OF_KIND[kind],
  x: values.map(({ value }) => value),
  y: values.map(({ name }) => name),
  marker: { color: COLOR_OF_KIND[kind], size: 9 },
  text: values.map(({ text }) => text),
  textposition: 'top center',
  textfont: { size: 11 },
});

function accuracyDots(kind: Kind, own: readonly NamedRow[]): object {
  const accuracy = own.map(({ results }) => 100 * results.test.metrics.accuracy);
  const intervals = own.map(({ results }) => results.test.intervals.accuracy);
  return {
    ...dots(
      kind,
      own.map(({ name }, i) => ({ name, value: accuracy[i]!, text: accuracy[i]!.toFixed(1) })),
    ),
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

function timeDots(kind: Kind, own: readonly NamedRow[]): object {
  const timed = own.flatMap(({ name, results }) => {
    const value = results.cost?.timing?.processorMillisecondsPerImage;
    return value === undefined ? [] : [{ name, value, text: millisecondsText(value) }];
  });
  return { ...dots(kind, timed), xaxis: 'x2', showlegend: false };
}

const millisecondsText = (value: number) => (value < 0.01 ? '< 0.01' : String(Number(value.toPrecision(2))));

/** Powers of ten around all times, with room for the numbers at both ends. */
function timeAxis(rows: readonly Results[]): object {
  const times = rows.flatMap(({ cost }) => cost?.timing?.processorMillisecondsPerImage ?? []).map(Math.log10);
  const range = [Math.min(...times) - 0.6, Math.max(...times) + 0.6];
  const scale = { type: 'log', range, dtick: 2, exponentformat: 'none' };
  return axis('Milliseconds an image', { ...scale, domain: [0.72, 1], anchor: 'y' });
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

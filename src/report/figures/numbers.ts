import type { PlotlyFigure } from '../figure';
import { type Cell, column, type ReportTable } from '../table';

/** What is read of a plotly trace. */
interface Trace {
  readonly type?: string;
  readonly mode?: string;
  readonly name?: string;
  readonly x?: readonly Cell[];
  readonly y?: readonly Cell[];
  readonly z?: readonly (readonly number[])[];
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
}

interface ErrorBars {
  readonly array?: readonly number[];
  readonly arrayminus?: readonly number[];
}

/** One mark of a figure: a bar, a dot or a cell. */
interface Mark {
  readonly series: string;
  readonly x: Cell;
  readonly y: Cell;
  /** Of a cell of a heat map. */
  readonly z?: number;
  /** Ends of the error bar, along y or x. */
  readonly low?: number;
  readonly high?: number;
  readonly quantity: string;
}

/** The numbers that a figure shows, a row for each of its bars, dots and cells: the figure for those who read or compute. */
export function tableOfFigure({ data, layout }: PlotlyFigure): ReportTable<Mark> {
  const rows = (data as readonly Trace[])
    .filter(({ mode }) => mode !== 'text')
    .flatMap((trace) => marksOf(trace, layout));
  const has = (key: keyof Mark) => rows.some((row) => row[key] !== undefined && row[key] !== '');
  const distinct = (key: 'series' | 'quantity') => new Set(rows.map((row) => row[key])).size > 1;
  return {
    title: layout.title?.text.replaceAll('<br>', ' '),
    columns: [
      ...(distinct('series') ? [column<Mark>('Series', ({ series }) => series)] : []),
      column(titleOf(layout.xaxis) || 'x', ({ x }) => x),
      ...(distinct('quantity') ? [column<Mark>('Quantity', ({ quantity }) => quantity)] : []),
      column(distinct('quantity') ? 'Value' : titleOf(layout.yaxis) || 'Value', ({ y }) => y),
      ...(has('z') ? [column<Mark>('Cell', ({ z }) => z)] : []),
      ...(has('low')
        ? [column<Mark>('Low', ({ low }) => low), column<Mark>('High', ({ high }) => high)]
        : []),
    ],
    rows,
  };
}

function marksOf(trace: Trace, layout: PlotlyFigure['layout']): Mark[] {
  const { name = '', x = [], y = [], z } = trace;
  const quantity = titleOf(layout[`yaxis${trace.yaxis?.slice(1) ?? ''}`]);
  if (z) {
    return z.flatMap((row, i) =>
      row.map((cell, j) => ({ series: name, quantity, x: x[j], y: y[i], z: cell })),
    );
  }
  return x.map((_, i) => ({ series: name, quantity, x: x[i], y: y[i], ...errorOf(trace, i) }));
}

function errorOf({ x, y, error_x, error_y }: Trace, i: number): Pick<Mark, 'low' | 'high'> {
  const [bars, value] = error_y ? [error_y, y?.[i]] : [error_x, x?.[i]];
  if (!bars?.array || typeof value !== 'number') return {};
  const [up, down] = [bars.array[i] ?? 0, bars.arrayminus?.[i] ?? bars.array[i] ?? 0];
  return { low: value - down, high: value + up };
}

function titleOf(axis: unknown): string {
  const { title } = (axis ?? {}) as { title?: { text?: string } };
  return title?.text ?? '';
}

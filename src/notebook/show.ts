import type { PlotlyFigure } from '../report/figure';
import { FigureDrawer } from '../report/static/draw';
import { arrayColumns, type Cell } from '../report/table';
import { type Bundle, display } from './display';
import { figureBundle } from './figure-bundle';
import { type ImageGrid, imageGridBundle } from './image-grid';
import { type TableLike, tableBundle } from './table';

/** What a Danfo frame has that a table needs; its own types say `any`. */
export interface FrameLike {
  readonly columns: readonly string[];
  readonly values: unknown;
  readonly index: readonly (string | number)[];
}

/** What can be shown below a cell. */
export type Showable = PlotlyFigure | TableLike | FrameLike | ImageGrid;

// Loading plotly takes a second, so one drawer serves all cells; it loads with the first figure.
const drawer = new FigureDrawer();

/**
 * Shows a figure, a table, a Danfo frame or a grid of images below the running cell.
 * @example await show(plotClassCounts(dataset));
 */
export async function show(value: Showable): Promise<void> {
  display(await toBundle(value));
}

/** The representations of a value, richest first. */
export async function toBundle(value: Showable): Promise<Bundle> {
  if ('layout' in value) return figureBundle(value, drawer);
  if ('images' in value) return imageGridBundle(value);
  return tableBundle('rows' in value ? value : fromFrame(value));
}

/** A Danfo frame as a table; its index becomes a column only if it says more than the row number. */
export function fromFrame(frame: FrameLike): TableLike {
  const values = frame.values as Cell[][];
  const named = frame.index.some((label, row) => label !== row);
  if (!named) return { columns: arrayColumns(frame.columns), rows: values };
  return {
    columns: arrayColumns(['', ...frame.columns]),
    rows: values.map((row, i) => [frame.index[i], ...row]),
  };
}

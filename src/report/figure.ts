/** A plotly figure as a value: what Lab draws interactively, and `drawSvg` as a picture. */
export interface PlotlyFigure {
  /** Plotly traces. */
  readonly data: readonly object[];
  /** Plotly layout; `width` and `height` in pixels hold for the picture, Lab fits the figure to the page. */
  readonly layout: FigureLayout;
}

export interface FigureLayout {
  readonly title?: { readonly text: string; readonly [key: string]: unknown };
  readonly width?: number;
  readonly height?: number;
  readonly [key: string]: unknown;
}

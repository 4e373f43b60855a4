import type { FigureLayout, PlotlyFigure } from '../figure';

/** Colours that colour-blind readers tell apart (Okabe and Ito 2008) and that differ in grey print. */
export const COLORS = {
  paper: '#999999',
  ours: '#0072B2',
  second: '#E69F00',
  third: '#009E73',
  accent: '#D55E00',
  ink: '#222222',
  quiet: '#555555',
  grid: '#DDDDDD',
} as const;

/** Light to dark blue: zero is white, so that numbers can be read on it. */
export const BLUES: readonly (readonly [number, string])[] = [
  [0, '#FFFFFF'],
  [0.25, '#D6E6F4'],
  [0.5, '#8FC1DE'],
  [0.75, '#3A8AC2'],
  [1, '#08519C'],
];

/** Axis of names: no grid, since each name stands below its own bars. */
export const categoryAxis = () => axis('', { type: 'category', showgrid: false });

/** White bars hatched in black, for what others printed: told apart without any colour. @param shape plotly's pattern */
export const hatched = (shape: string) => ({
  color: '#FFFFFF',
  line: { color: COLORS.ink, width: 1 },
  pattern: { shape, fgcolor: COLORS.ink, size: 6 },
});

/** Axis with a visible line, a quiet grid and room for its labels. */
export function axis(title: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: { text: title, standoff: 10 },
    automargin: true,
    linecolor: COLORS.ink,
    linewidth: 1,
    ticks: 'outside',
    tickcolor: COLORS.ink,
    gridcolor: COLORS.grid,
    zeroline: false,
    ...more,
  };
}

/** Title of a figure, with smaller words below it. */
export interface Heading {
  readonly title: string;
  readonly subtitle?: string;
}

/** A figure under the one theme of the project: white ground, legend above the plot, 13-point lettering. */
export function themed(
  heading: string | Heading,
  data: readonly object[],
  layout: Omit<FigureLayout, 'title'>,
): PlotlyFigure {
  const { title, subtitle } = typeof heading === 'string' ? { title: heading } : heading;
  const words = subtitle ? { subtitle: { text: subtitle, font: { size: 12, color: COLORS.quiet } } } : {};
  return {
    data,
    layout: {
      width: 760,
      height: 440,
      font: { size: 13, color: COLORS.ink },
      paper_bgcolor: '#FFFFFF',
      plot_bgcolor: '#FFFFFF',
      margin: { l: 64, r: 24, t: subtitle ? 104 : 84, b: 56 },
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom' },
      bargap: 0.25,
      bargroupgap: 0.05,
      ...layout,
      title: { text: title, x: 0.02, xanchor: 'left', y: 0.97, yanchor: 'top', font: { size: 16 }, ...words },
    },
  };
}

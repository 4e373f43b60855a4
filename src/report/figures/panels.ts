import type { FigureLayout, PlotlyFigure } from '../figure';
import { axis, COLORS, type Heading, themed } from './theme';

/** A rectangle in pixels of a panel. */
interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture or a map of numbers, drawn with square pixels. */
export interface Panel {
  readonly title: string;
  /** [height, width], rows from the top. */
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** `grey` is 0 to 255; `heat` is 0 to the largest value; `signed` has white at 0. */
  readonly colours: 'grey' | 'heat' | 'signed';
  readonly frames?: readonly Frame[];
}

export interface PanelRow {
  readonly heading: Heading;
  readonly panels: readonly Panel[];
  /** Shares by class, as bars at the right end. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Whether a panel shows a person: notebooks are not stored with such a figure. */
  readonly showsPeople: boolean;
}

const WIDTH = 980;
const MARGIN = { l: 16, r: 24, t: 100, b: 24 } as const;
/** Between panels, and before the bars with the names of the classes, in shares of the width. */
const GAP = 0.02;
const NAMES = 0.08;
/** Width of the bars for their height. */
const BARS = 1.3;

const SCALES = {
  grey: [
    [0, '#000000'],
    [1, '#FFFFFF'],
  ],
  heat: [
    [0, '#FFFFFF'],
    [0.5, COLORS.second],
    [1, '#7F2704'],
  ],
  signed: [
    [0, COLORS.ours],
    [0.5, '#FFFFFF'],
    [1, COLORS.accent],
  ],
} as const;

/** Panels of one height side by side, each under its title, with the probabilities of the classes at the end if given. */
export function plotPanels({ heading, panels, shares, showsPeople }: PanelRow): PlotlyFigure {
  const widths = panels.map(({ width, height }) => width / height);
  const wanted = [...widths, ...(shares ? [BARS] : [])];
  const gaps = (wanted.length - 1) * GAP + (shares ? NAMES : 0);
  const unit = (1 - gaps) / wanted.reduce((sum, width) => sum + width, 0);
  const starts = widths.map(
    (_, i) => i * GAP + unit * widths.slice(0, i).reduce((sum, width) => sum + width, 0),
  );
  const axes = panels.map((_, i) => panelAxes(i, [starts[i]!, starts[i]! + unit * widths[i]!]));
  return themed(heading, [...panels.map(heatmap), ...(shares ? [bars(shares, panels.length)] : [])], {
    width: WIDTH,
    height: MARGIN.t + MARGIN.b + unit * (WIDTH - MARGIN.l - MARGIN.r),
    margin: MARGIN,
    showlegend: false,
    meta: { people: showsPeople },
    annotations: panels.map(({ title }, i) => titleOf(title, i)),
    shapes: panels.flatMap(({ frames = [] }, i) => frames.map((frame) => shapeOf(frame, i))),
    ...Object.assign({}, ...axes),
    ...(shares ? barAxes(panels.length, 1 - unit * BARS) : {}),
  });
}

/** Plotly's number of an axis: none for the first. */
const numberOf = (index: number) => (index === 0 ? '' : String(index + 1));

function heatmap({ values, width, height, colours }: Panel, index: number): object {
  const most = Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 1e-9);
  const [zmin, zmax] = { grey: [0, 255], heat: [0, most], signed: [-most, most] }[colours] as [
    number,
    number,
  ];
  return {
    type: 'heatmap',
    z: packed(values, { width, height, isGrey: colours === 'grey' }),
    ...{ zmin, zmax, colorscale: SCALES[colours], showscale: false, hoverinfo: 'z' },
    ...{ xaxis: `x${numberOf(index)}`, yaxis: `y${numberOf(index)}` },
  };
}

/** Numbers in plotly's form of a typed array: as a list a photograph would take a line of the notebook for each pixel. */
function packed(
  values: ArrayLike<number>,
  { width, height, isGrey }: { width: number; height: number; isGrey: boolean },
): object {
  const array = isGrey ? Uint8Array.from(values) : Float32Array.from(values);
  return {
    dtype: isGrey ? 'u1' : 'f4',
    bdata: Buffer.from(array.buffer).toString('base64'),
    shape: `${height}, ${width}`,
  };
}

function panelAxes(index: number, domain: readonly [number, number]): Partial<FigureLayout> {
  const number = numberOf(index);
  return {
    [`xaxis${number}`]: { domain, visible: false, anchor: `y${number}`, constrain: 'domain' },
    [`yaxis${number}`]: { visible: false, anchor: `x${number}`, autorange: 'reversed' },
  };
}

function titleOf(text: string, index: number): object {
  const number = numberOf(index);
  return {
    text,
    ...{ xref: `x${number} domain`, x: 0.5, xanchor: 'center' },
    ...{ yref: `y${number} domain`, y: 1.01, yanchor: 'bottom' },
    ...{ showarrow: false, font: { size: 11, color: COLORS.quiet } },
  };
}

function shapeOf({ x, y, width, height }: Frame, index: number): object {
  const number = numberOf(index);
  return {
    type: 'rect',
    ...{ xref: `x${number}`, yref: `y${number}` },
    ...{ x0: x, y0: y, x1: x + width, y1: y + height },
    line: { color: COLORS.accent, width: 2 },
  };
}

function bars(shares: Readonly<Record<string, number>>, index: number): object {
  const values = Object.values(shares);
  return {
    type: 'bar',
    orientation: 'h',
    x: values,
    y: Object.keys(shares),
    marker: { color: COLORS.ours },
    text: values.map((share) => `${(100 * share).toFixed(0)} %`),
    textposition: 'outside',
    textfont: { size: 10 },
    cliponaxis: false,
    hovertemplate: '%{y}: %{x:.1%}<extra></extra>',
    ...{ xaxis: `x${numberOf(index)}`, yaxis: `y${numberOf(index)}` },
  };
}

function barAxes(index: number, start: number): Partial<FigureLayout> {
  const number = numberOf(index);
  const quiet = { showgrid: false, automargin: false, tickfont: { size: 10 }, dtick: 1 };
  return {
    [`xaxis${number}`]: { domain: [start, 1], anchor: `y${number}`, range: [0, 1.3], visible: false },
    [`yaxis${number}`]: axis('', { ...quiet, anchor: `x${number}`, autorange: 'reversed', ticks: '' }),
  };
}

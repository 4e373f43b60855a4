import { escapeMarkup } from '../markup';

/** One line of a chart: a value for each x, with gaps where there is none. */
export interface Curve {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface CurvePanel {
  readonly title: string;
  readonly curves: readonly Curve[];
}

const WIDTH = 340;
const HEIGHT = 220;
const MARGIN = { left: 44, right: 12, top: 28, bottom: 34 };

/**
 * Panels side by side as SVG, from x = 0 to `xAxis.end`. Made for updates while training runs: plotly takes a third of a second for such a
 * picture, this a fraction of a millisecond.
 */
export function drawCurves(panels: readonly CurvePanel[], xAxis: { title: string; end: number }): string {
  const drawn = panels.map(
    (panel, i) => `<g transform="translate(${i * WIDTH},0)">${drawPanel(panel, xAxis)}</g>`,
  );
  const size = `width="${panels.length * WIDTH}" height="${HEIGHT}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="Arimo, Arial, Liberation Sans, sans-serif" font-size="11" fill="#222"><rect ${size} fill="#fff"/>${drawn.join('')}</svg>`;
}

function drawPanel(panel: CurvePanel, xAxis: { title: string; end: number }): string {
  const all = panel.curves.flatMap((curve) => curve.points);
  const x = scale([0, xAxis.end], MARGIN.left, WIDTH - MARGIN.right);
  const y = scale(
    all.map((point) => point[1]),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const grid = y.ticks.map(
    (tick) =>
      `<path d="M${MARGIN.left} ${y.at(tick)}H${WIDTH - MARGIN.right}" stroke="#ddd"/>` +
      `<text x="${MARGIN.left - 5}" y="${y.at(tick) + 4}" text-anchor="end">${short(tick)}</text>`,
  );
  const xs = x.ticks.map(
    (tick) =>
      `<text x="${x.at(tick)}" y="${HEIGHT - MARGIN.bottom + 14}" text-anchor="middle">${short(tick)}</text>`,
  );
  const lines = panel.curves.map((curve, i) => drawCurve(curve, x, y) + legend(curve, i));
  const title = `<text x="${MARGIN.left}" y="14" font-weight="bold">${escapeMarkup(panel.title)}</text>`;
  const axis = `<text x="${(WIDTH + MARGIN.left) / 2}" y="${HEIGHT - 4}" text-anchor="middle">${escapeMarkup(xAxis.title)}</text>`;
  return [title, axis, ...grid, ...xs, ...lines].join('');
}

function drawCurve(curve: Curve, x: Scale, y: Scale): string {
  const points = curve.points.map(([px, py]) => `${x.at(px).toFixed(1)},${y.at(py).toFixed(1)}`);
  const dots = points.map(
    (point) =>
      `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="2.5" fill="${escapeMarkup(curve.color)}"/>`,
  );
  const line = `<polyline points="${points.join(' ')}" fill="none" stroke="${escapeMarkup(curve.color)}" stroke-width="2"/>`;
  return line + (points.length <= 40 ? dots.join('') : '');
}

function legend(curve: Curve, index: number): string {
  const left = WIDTH - MARGIN.right - 170 + index * 85;
  return `<rect x="${left}" y="7" width="9" height="9" fill="${escapeMarkup(curve.color)}"/><text x="${left + 13}" y="15">${escapeMarkup(curve.name)}</text>`;
}

interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** A linear scale over whole steps of 1, 2 or 5 times a power of ten that cover the values. */
function scale(values: readonly number[], from: number, to: number): Scale {
  const finite = values.filter(Number.isFinite);
  const low = finite.length ? Math.min(...finite) : 0;
  const high = finite.length ? Math.max(...finite) : 1;
  const step = niceStep(Math.max(high - low, 1e-6) / 4);
  const start = Math.floor(low / step) * step;
  const end = Math.max(Math.ceil(high / step) * step, start + step);
  const ticks = Array.from({ length: Math.round((end - start) / step) + 1 }, (_, i) => start + i * step);
  return { ticks, at: (value) => from + ((value - start) / (end - start)) * (to - from) };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
}

const short = (value: number) => String(Number(value.toPrecision(3)));

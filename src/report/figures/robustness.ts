import { CORRUPTIONS, type CorruptionName } from '../../evaluate/robustness/corruptions';
import type { Robustness, RobustnessCell } from '../../evaluate/robustness/robustness';
import { percent, percents } from '../columns';
import type { PlotlyFigure } from '../figure';
import type { RobustnessNames } from '../tables/robustness';
import { titled } from '../words';
import { axis, COLORS, themed } from './theme';

const COLUMNS = 3;
const PANEL = { width: 270, height: 190 };
const TOP = 104;

/** A panel for each change: accuracy by strength from the images as they are, of the run and of its reference. */
export function plotRobustness({ run, cells, relative }: Robustness, names: RobustnessNames): PlotlyFigure {
  const corruptions = relative.map(({ corruption }) => corruption);
  const rows = Math.ceil(corruptions.length / COLUMNS);
  const [width, height] = [70 + COLUMNS * PANEL.width, TOP + 20 + rows * PANEL.height];
  const panels = corruptions.map((corruption, i) =>
    panelOf(cells, corruption, { i, rows, run, reference: names.reference }),
  );
  return themed(
    {
      title: titled('Accuracy on spoilt images of the validation part, %', names),
      subtitle: `${cells[0]!.images.toLocaleString('en')} images, one view each, with 95 % intervals; from the left: as they are, then five strengths`,
    },
    panels.flatMap(({ traces }) => traces),
    {
      ...{ width, height, margin: { l: 56, r: 24, t: TOP, b: 32 } },
      ...Object.assign({}, ...panels.map(({ axes }) => axes)),
      annotations: panels.map(({ heading }) => heading),
      legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.03, yanchor: 'bottom' },
    },
  );
}

interface Place {
  readonly i: number;
  readonly rows: number;
  readonly run: string;
  readonly reference: string;
}

function panelOf(cells: readonly RobustnessCell[], corruption: CorruptionName, place: Place) {
  const own = cells.filter((cell) => cell.corruption === null || cell.corruption === corruption);
  const { i, rows, run, reference } = place;
  const number = i === 0 ? '' : String(i + 1);
  const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
  const across = [(column + 0.1) / COLUMNS, (column + 0.98) / COLUMNS];
  const up = [1 - (row + 0.82) / rows, 1 - (row + 0.14) / rows];
  const labels = own.map(({ strength }) => (strength === null ? 'none' : String(strength)));
  const shown = { x: labels, xaxis: `x${number}`, yaxis: `y${number}`, showlegend: i === 0 };
  return {
    traces: [
      {
        ...shown,
        ...line(reference, COLORS.second, 'dash'),
        y: own.map((cell) => percent(cell.referenceAccuracy)),
      },
      { ...shown, ...line(run, COLORS.ours, 'solid'), ...withIntervals(own) },
    ],
    axes: {
      [`xaxis${number}`]: axis('', {
        type: 'category',
        showgrid: false,
        domain: across,
        anchor: `y${number}`,
        tickangle: 0,
      }),
      [`yaxis${number}`]: axis('', { domain: up, anchor: `x${number}`, range: [0, 100], dtick: 20 }),
    },
    heading: {
      ...{ text: CORRUPTIONS[corruption].title, showarrow: false, font: { size: 12 } },
      ...{ xref: 'paper', yref: 'paper', x: across[0], y: up[1], xanchor: 'left', yanchor: 'bottom' },
    },
  };
}

const line = (name: string, color: string, dash: string) => ({
  ...{ type: 'scatter', mode: 'lines+markers', name, line: { color, width: 2, dash } },
  marker: { color, size: 6, symbol: dash === 'solid' ? 'circle' : 'circle-open' },
});

function withIntervals(cells: readonly RobustnessCell[]) {
  const values = cells.map(({ accuracy }) => percent(accuracy));
  const ends = cells.map(({ interval }) => percents(interval));
  return {
    y: values,
    error_y: {
      ...{ type: 'data', symmetric: false, color: COLORS.ours, thickness: 1.2, width: 3 },
      array: ends.map(([, high], i) => high - values[i]!),
      arrayminus: ends.map(([low], i) => values[i]! - low),
    },
  };
}

import { percent } from '../report/columns';
import type { PlotlyFigure } from '../report/figure';
import { axis, COLORS, themed } from '../report/figures/theme';
import { paperTable } from '../report/paper';
import { titled } from '../report/words';
import type { LeakResults } from './results';
import { type MistakeSummary, summarizeMistakes } from './summary';

/** Claimed against actual accuracy: a line for each mistake, and the accuracy that the paper prints. */
export function plotLeaks(results: LeakResults): PlotlyFigure {
  const rows = summarizeMistakes(results);
  const names = rows.map(({ letter, title }) => (letter === '' ? title : `${letter}  ${title}`));
  return themed(
    {
      title: titled(results.title, results),
      subtitle: `Means over ${seedsOf(rows)} seeds; the bar of a claim reaches from its smallest to its largest value`,
    },
    [gaps(rows, names), actual(rows, names), claimed(rows, names)],
    {
      width: 900,
      height: 190 + 30 * rows.length,
      margin: { l: 330, r: 24, t: 104, b: 56 },
      xaxis: axis('Accuracy, %', { range: [0, 100], dtick: 10 }),
      yaxis: axis('', { type: 'category', categoryorder: 'array', categoryarray: [...names].reverse() }),
      ...paperLine(),
    },
  );
}

/** Seeds of the mistakes, such as `3` or `2 to 3` where some are not done. */
function seedsOf(rows: readonly MistakeSummary[]): string {
  const counts = rows.map(({ seeds }) => seeds);
  return [...new Set([Math.min(...counts), Math.max(...counts)])].join(' to ');
}

/** A quiet line from what a network is worth to what is claimed. */
function gaps(rows: readonly MistakeSummary[], names: readonly string[]): object {
  return {
    ...{ type: 'scatter', mode: 'lines', showlegend: false, hoverinfo: 'skip' },
    x: rows.flatMap(({ claimed: high, actual: low }) => [percent(low), percent(high), null]),
    y: names.flatMap((name) => [name, name, null]),
    line: { color: COLORS.paper, width: 1.5 },
  };
}

function actual(rows: readonly MistakeSummary[], names: readonly string[]): object {
  return {
    ...{ type: 'scatter', mode: 'markers', name: 'on untouched images' },
    x: rows.map((row) => percent(row.actual)),
    y: names,
    marker: { color: COLORS.ours, size: 9, symbol: 'circle' },
    hovertemplate: '%{y}: %{x:.1f} % on untouched images<extra></extra>',
  };
}

function claimed(rows: readonly MistakeSummary[], names: readonly string[]): object {
  return {
    ...{ type: 'scatter', mode: 'markers+text', name: 'as claimed' },
    x: rows.map((row) => percent(row.claimed)),
    y: names,
    text: rows.map((row) => percent(row.claimed).toFixed(1)),
    textposition: 'top center',
    textfont: { size: 11 },
    marker: { color: COLORS.accent, size: 9, symbol: 'diamond' },
    error_x: {
      ...{ type: 'data', symmetric: false, color: COLORS.accent, thickness: 1.4, width: 4 },
      array: rows.map(({ range, claimed: middle }) => percent(range[1] - middle)),
      arrayminus: rows.map(({ range, claimed: middle }) => percent(middle - range[0])),
    },
    hovertemplate: '%{y}: %{x:.1f} % claimed<extra></extra>',
  };
}

function paperLine(): object {
  const printed = percent(Number(paperTable('accuracy').overall));
  const line = { color: COLORS.quiet, width: 1.5, dash: 'dash' };
  return {
    shapes: [{ type: 'line', x0: printed, x1: printed, yref: 'paper', y0: 0, y1: 1, line }],
    annotations: [
      {
        ...{ x: printed, yref: 'paper', y: 0.01, xanchor: 'left', yanchor: 'bottom', showarrow: false },
        text: ` the paper, ${printed} %`,
        font: { size: 12, color: COLORS.quiet },
      },
    ],
  };
}

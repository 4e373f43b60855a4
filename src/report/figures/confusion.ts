import type { ConfusionMatrix } from '../../evaluate/confusion';
import type { Results } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { describeResults, titled } from '../words';
import { axis, BLUES, COLORS, themed } from './theme';

/** Shares above this stand on a blue on which white is easier to read than black. */
const DARK_SHARE = 0.72;

/** Confusion matrix of the test part: colour and percentages by row, counts below them. */
export function plotConfusion(results: Results): PlotlyFigure {
  const head = {
    title: titled('Confusion matrix: share of the true class, and images', results),
    subtitle: describeResults(results),
  };
  return plotMatrix(results.dataset.classes, results.test.confusion, head);
}

/** A confusion matrix of counts, rows by true class, under a title of its own. */
export function plotMatrix(
  classes: readonly string[],
  confusion: ConfusionMatrix,
  head: { readonly title: string; readonly subtitle: string },
): PlotlyFigure {
  const shares = confusion.map((row) => {
    const support = row.reduce((sum, cell) => sum + cell, 0);
    return row.map((cell) => (support === 0 ? 0 : cell / support));
  });
  const heatmap = {
    type: 'heatmap',
    x: classes,
    y: classes,
    z: shares,
    customdata: confusion,
    zmin: 0,
    zmax: 1,
    hovertemplate: 'true %{y}, predicted %{x}: %{z:.1%}, %{customdata} images<extra></extra>',
    colorscale: BLUES,
    xgap: 1,
    ygap: 1,
    colorbar: {
      title: { text: 'share of the true class', side: 'right' },
      tickformat: '.0%',
      thickness: 14,
      dtick: 0.2,
    },
  };
  return themed(
    head,
    [
      heatmap,
      cellText({ classes, confusion, shares }, COLORS.ink, (share) => share <= DARK_SHARE),
      cellText({ classes, confusion, shares }, '#FFFFFF', (share) => share > DARK_SHARE),
    ],
    {
      width: 760,
      height: 660,
      margin: { l: 84, r: 24, t: 84, b: 64 },
      showlegend: false,
      xaxis: axis('predicted', { type: 'category', showgrid: false }),
      yaxis: axis('true', { type: 'category', showgrid: false, autorange: 'reversed' }),
    },
  );
}

interface Cells {
  readonly classes: readonly string[];
  readonly confusion: readonly (readonly number[])[];
  /** Of the true class. */
  readonly shares: readonly (readonly number[])[];
}

/** The numbers of those cells whose share is wanted, in one colour: plotly's own choice is hard to read on mid blue. */
function cellText(
  { classes, confusion, shares }: Cells,
  color: string,
  isWanted: (share: number) => boolean,
): object {
  const cells = shares
    .flatMap((row, truth) => row.map((share, taken) => ({ truth, taken, share })))
    .filter(({ share }) => isWanted(share));
  return {
    type: 'scatter',
    mode: 'text',
    x: cells.map(({ taken }) => classes[taken]),
    y: cells.map(({ truth }) => classes[truth]),
    text: cells.map(
      ({ truth, taken, share }) => `${(100 * share).toFixed(0)} %<br>${confusion[truth]![taken]}`,
    ),
    textfont: { size: 12, color },
    hoverinfo: 'skip',
  };
}

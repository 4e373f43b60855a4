import { EMOTIONS } from '../../dataset/emotions';
import { describeRun, type Results, titled } from '../../evaluate/results';
import { METRIC_NAMES, PAPER_FIGURES, type PaperTable } from '../paper';
import type { Figure } from './figure';
import { plotClassDistribution, plotPerClass } from './per-class';
import { plotReliability } from './reliability';
import { axis, BLUES, COLORS, themed } from './theme';

/** Shares above this stand on a blue on which white is easier to read than black. */
const DARK_SHARE = 0.72;

/** Confusion matrix of the test part: colour and percentages by row, counts below them. */
export function plotConfusion(results: Results): Figure {
  const { confusion } = results.test;
  const shares = confusion.map((row) => {
    const support = row.reduce((sum, cell) => sum + cell, 0);
    return row.map((cell) => (support === 0 ? 0 : cell / support));
  });
  const heatmap = {
    type: 'heatmap',
    x: EMOTIONS,
    y: EMOTIONS,
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
    {
      title: titled('Confusion matrix: share of the true class, and images', results),
      subtitle: describeRun(results),
    },
    [
      heatmap,
      cellText(confusion, shares, COLORS.ink, (share) => share <= DARK_SHARE),
      cellText(confusion, shares, '#FFFFFF', (share) => share > DARK_SHARE),
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

/** The numbers of those cells whose share is wanted, in one colour: plotly's own choice is hard to read on mid blue. */
function cellText(
  confusion: readonly (readonly number[])[],
  shares: readonly (readonly number[])[],
  color: string,
  isWanted: (share: number) => boolean,
): object {
  const cells = shares
    .flatMap((row, truth) => row.map((share, taken) => ({ truth, taken, share })))
    .filter(({ share }) => isWanted(share));
  return {
    type: 'scatter',
    mode: 'text',
    x: cells.map(({ taken }) => EMOTIONS[taken]),
    y: cells.map(({ truth }) => EMOTIONS[truth]),
    text: cells.map(
      ({ truth, taken, share }) => `${(100 * share).toFixed(0)} %<br>${confusion[truth]![taken]}`,
    ),
    textfont: { size: 12, color },
    hoverinfo: 'skip',
  };
}

/** What the curves need: a run that was not evaluated has it too. */
export type CurveResults = Pick<Results, 'isSynthetic' | 'record' | 'history'>;

type CurveKey = 'loss' | 'valLoss' | 'accuracy' | 'valAccuracy';

/** Loss and accuracy by epoch, on training images (augmented, with dropout) and on the validation part. */
export function plotTrainingCurves(results: CurveResults): Figure {
  const { history, record } = results;
  const epochAxis = { dtick: Math.max(1, Math.ceil(history.length / 8)), tickformat: 'd' };
  return themed(
    {
      title: titled('Training curves', results),
      subtitle: `${record.config.model}, ${record.config.protocol} split, seed ${record.config.seed}; dotted: epoch ${record.bestEpoch}, the best by validation accuracy, whose weights are kept`,
    },
    [
      curve(results, 'training', 'loss', ''),
      curve(results, 'validation', 'valLoss', ''),
      curve(results, 'training', 'accuracy', '2'),
      curve(results, 'validation', 'valAccuracy', '2'),
    ],
    {
      width: 860,
      xaxis: axis('epoch', { domain: [0, 0.44], ...epochAxis }),
      yaxis: axis('cross-entropy'),
      xaxis2: axis('epoch', { domain: [0.56, 1], anchor: 'y2', ...epochAxis }),
      yaxis2: axis('accuracy', { anchor: 'x2', tickformat: '.2~%' }),
      shapes: ['', '2'].map((panel) => ({
        type: 'line',
        xref: `x${panel}`,
        yref: `y${panel} domain`,
        x0: record.bestEpoch,
        x1: record.bestEpoch,
        y0: 0,
        y1: 1,
        line: { color: COLORS.quiet, width: 1, dash: 'dot' },
      })),
    },
  );
}

function curve(
  { history }: CurveResults,
  name: 'training' | 'validation',
  key: CurveKey,
  panel: string,
): object {
  const isTraining = name === 'training';
  const color = isTraining ? COLORS.second : COLORS.ours;
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name,
    showlegend: panel === '',
    x: history.map(({ epoch }) => epoch),
    y: history.map((epoch) => epoch[key]),
    line: { color, width: 2, dash: isTraining ? 'dash' : 'solid' },
    marker: { size: history.length > 20 ? 3 : 6, symbol: isTraining ? 'circle-open' : 'circle' },
    xaxis: `x${panel}`,
    yaxis: `y${panel}`,
  };
}

/** Figures 2 to 5; where caption and text disagree, one by each. */
function paperFigures(results: Results): Record<string, Figure> {
  const figures: Record<string, Figure> = {};
  const nameOf = (metric: PaperTable['metric']) => METRIC_NAMES[metric].toLowerCase();
  for (const { number, caption, text } of PAPER_FIGURES) {
    const name = `figure-${number}`;
    if (caption === text) {
      figures[`${name}-${text}`] = plotPerClass(results, text, `Fig. ${number}. `);
      continue;
    }
    const byCaption = `Fig. ${number} by its caption (the text says ${nameOf(text)}). `;
    const byText = `Fig. ${number} by the text (its caption says ${nameOf(caption)}). `;
    figures[`${name}-${caption}-by-caption`] = plotPerClass(results, caption, byCaption);
    figures[`${name}-${text}-by-text`] = plotPerClass(results, text, byText);
  }
  return figures;
}

/** All figures of the report, by the name of their file. */
export function allFigures(results: Results): Readonly<Record<string, Figure>> {
  return {
    ...paperFigures(results),
    'confusion-matrix': plotConfusion(results),
    'training-curves': plotTrainingCurves(results),
    'class-distribution': plotClassDistribution(results),
    reliability: plotReliability(results),
  };
}

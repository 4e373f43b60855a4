import { FerlabError } from '../../errors';
import type { Results, TrainedNetwork } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { titled } from '../words';
import { axis, COLORS, themed } from './theme';

/** What the curves need: a run that was not evaluated has it too. */
export type CurveResults = Pick<Results, 'isSynthetic' | 'training'>;

type CurveKey = 'loss' | 'valLoss' | 'accuracy' | 'valAccuracy';

/**
 * Loss and accuracy by epoch, on training images (augmented, with dropout) and on the validation part.
 * @throws FerlabError for a classifier that was not trained by epochs
 */
export function plotTrainingCurves(results: CurveResults): PlotlyFigure {
  const { history, record } = trainingOf(results);
  const epochAxis = { dtick: Math.max(1, Math.ceil(history.length / 8)), tickformat: 'd' };
  return themed(
    {
      title: titled('Training curves', results),
      subtitle: `${record.config.model}, ${record.config.protocol} split, seed ${record.config.seed}; dotted: epoch ${record.bestEpoch}, the best by validation accuracy, whose weights are kept`,
    },
    [
      curve(history, 'training', 'loss', ''),
      curve(history, 'validation', 'valLoss', ''),
      curve(history, 'training', 'accuracy', '2'),
      curve(history, 'validation', 'valAccuracy', '2'),
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

function trainingOf({ training }: CurveResults): TrainedNetwork {
  if (training) return training;
  throw new FerlabError('training curves exist only for a single trained network', {
    remedy: 'choose a run of a single network',
  });
}

function curve(
  history: TrainedNetwork['history'],
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

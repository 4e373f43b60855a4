import type { PlotlyFigure } from '../../report/figure';
import { axis, COLORS, themed } from '../../report/figures/theme';
import type { History } from '../../run/history';

/** A model's training as the page shows it. */
export interface TrainingCurves {
  readonly name: string;
  readonly history: History;
}

const PANELS = [
  { panel: '', training: 'loss', validation: 'valLoss' },
  { panel: '2', training: 'accuracy', validation: 'valAccuracy' },
] as const;

/** The training curves of several models over each other: colour tells the model, dashes the training images. */
export function plotCurves(trainings: readonly TrainingCurves[]): PlotlyFigure {
  const colors = [COLORS.ours, COLORS.accent];
  const traces = trainings.flatMap(({ name, history }, i) =>
    PANELS.flatMap(({ panel, training, validation }) =>
      [training, validation].map((key) => ({
        type: 'scatter',
        mode: 'lines',
        name: `${name}, ${key === training ? 'training' : 'validation'}`,
        showlegend: panel === '',
        x: history.map(({ epoch }) => epoch),
        y: history.map((epoch) => epoch[key]),
        line: { color: colors[i], width: 2, dash: key === training ? 'dash' : 'solid' },
        xaxis: `x${panel}`,
        yaxis: `y${panel}`,
      })),
    ),
  );
  return themed('Training curves', traces, {
    width: 860,
    height: 460,
    margin: { l: 64, r: 24, t: 130, b: 56 },
    xaxis: axis('epoch', { domain: [0, 0.44] }),
    yaxis: axis('cross-entropy'),
    xaxis2: axis('epoch', { domain: [0.56, 1], anchor: 'y2' }),
    yaxis2: axis('accuracy', { anchor: 'x2', tickformat: '.2~%' }),
  });
}

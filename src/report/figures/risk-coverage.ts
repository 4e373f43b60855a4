import type { Results } from '../../evaluate/results';
import { areaUnderRisk, riskCoverage } from '../../evaluate/risk-coverage';
import type { LabelledProbabilities } from '../../run/predictions';
import type { PlotlyFigure } from '../figure';
import { describeResults, titled } from '../words';
import { axis, COLORS, themed } from './theme';

/** Points of the drawn curve: more would not be seen. */
const POINTS = 200;

/** The share of errors among the most confident images, by the share of images that are answered. */
export function plotRiskCoverage(results: Results, predictions: LabelledProbabilities): PlotlyFigure {
  const curve = riskCoverage(predictions);
  const step = Math.max(1, Math.ceil(curve.length / POINTS));
  const shown = curve.filter((_, i) => i % step === step - 1 || i === curve.length - 1);
  const percent = { tickformat: '.0%' };
  return themed(
    {
      title: titled('Risk and coverage', results),
      subtitle: `${describeResults(results)}; area under the curve ${areaUnderRisk(curve).toFixed(3)}`,
    },
    [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'share of errors',
        x: shown.map(({ coverage }) => coverage),
        y: shown.map(({ risk }) => risk),
        line: { color: COLORS.ours, width: 2 },
      },
    ],
    {
      width: 640,
      height: 420,
      showlegend: false,
      xaxis: axis('share of the images, the most confident first', { range: [0, 1.01], ...percent }),
      yaxis: axis('share of errors among them', { rangemode: 'tozero', ...percent }),
    },
  );
}

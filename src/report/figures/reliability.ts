import type { Calibration } from '../../evaluate/calibration';
import type { Results } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { describeResults, titled } from '../words';
import { axis, COLORS, themed } from './theme';

/** How often the model is right when it is this sure, on the test part: as it is, and with the temperature fitted on validation. */
export function plotReliability(results: Results): PlotlyFigure {
  const { test, tempered } = results;
  const share = { range: [0, 1], tickformat: '.0%', dtick: 0.2 };
  return themed(
    {
      title: titled('Reliability diagram', results),
      subtitle: `${describeResults(results)}; marker area: number of images`,
    },
    [
      {
        type: 'scatter',
        mode: 'lines',
        name: 'perfectly calibrated',
        x: [0, 1],
        y: [0, 1],
        line: { color: COLORS.paper, dash: 'dash' },
      },
      reliabilityLine('uncalibrated', test.calibration, 'circle', COLORS.ours),
      reliabilityLine(
        `temperature ${tempered.temperature.toFixed(2)}`,
        tempered.test,
        'diamond',
        COLORS.accent,
      ),
    ],
    {
      width: 640,
      height: 560,
      legend: { orientation: 'v', x: 0, xanchor: 'left', y: 1.01, yanchor: 'bottom' },
      margin: { l: 64, r: 32, t: 144, b: 56 },
      xaxis: axis('confidence', share),
      yaxis: axis('accuracy', share),
    },
  );
}

function reliabilityLine(name: string, calibration: Calibration, symbol: string, color: string): object {
  const filled = calibration.bins.filter(({ count }) => count > 0);
  const total = filled.reduce((sum, { count }) => sum + count, 0);
  return {
    type: 'scatter',
    mode: 'lines+markers',
    name: `${name}: expected calibration error ${(100 * calibration.expectedCalibrationError).toFixed(1)} %`,
    x: filled.map(({ meanConfidence }) => meanConfidence),
    y: filled.map(({ accuracy }) => accuracy),
    marker: { color, symbol, size: filled.map(({ count }) => 5 + 18 * Math.sqrt(count / total)) },
    line: { color },
    cliponaxis: false,
  };
}

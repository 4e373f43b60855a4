import { CORRUPTIONS } from '../../evaluate/robustness/corruptions';
import type { Robustness } from '../../evaluate/robustness/robustness';
import type { PlotlyFigure } from '../figure';
import { meanRatio, type RobustnessNames } from '../tables/robustness';
import { titled } from '../words';
import { axis, COLORS, themed } from './theme';

/** Blue where fewer errors are made than by the reference, orange where more, white where as many. */
const BLUE_TO_ORANGE = [
  [0, '#5FA8D3'],
  [0.5, '#FFFFFF'],
  [1, '#E69F00'],
] as const;

/** Ratios further from 1 than this have the full colour. */
const REACH = 0.7;

const ROW = 30;
const TOP = 188;

/** Errors of each model over the strengths of each change, as a share of the reference's: a row for each model. */
export function plotRelativeErrors(all: readonly Robustness[], names: RobustnessNames): PlotlyFigure {
  const changes = all[0]!.relative.map(({ corruption }) => CORRUPTIONS[corruption].title.replace(/, .*/, ''));
  const ratios = all.map((one) => [...one.relative.map(({ ratio }) => ratio), meanRatio(one)]);
  const counts = [...new Set(all.map(({ cells }) => cells[0]!.images))].sort((a, b) => a - b);
  const images = [...new Set([counts[0]!, counts.at(-1)!])].map((count) => count.toLocaleString('en'));
  return themed(
    {
      title: titled(`Errors on spoilt images as a share of those of ${names.reference}`, names),
      subtitle: `${images.join(' to ')} images of the validation part, one view each; five strengths together`,
    },
    [
      {
        ...{ type: 'heatmap', x: [...changes, 'Mean'], y: all.map(({ run }) => run), z: ratios },
        ...{ colorscale: BLUE_TO_ORANGE, zmid: 1, zmin: 1 - REACH, zmax: 1 + REACH, showscale: false },
        ...{ xgap: 2, ygap: 2, texttemplate: '%{z:.2f}', textfont: { size: 12, color: COLORS.ink } },
        hovertemplate: '%{y}, %{x}: %{z:.3f}<extra></extra>',
      },
    ],
    {
      ...{ width: 860, height: TOP + 24 + ROW * all.length, margin: { l: 240, r: 24, t: TOP, b: 24 } },
      xaxis: axis('', { type: 'category', showgrid: false, side: 'top', tickangle: -90 }),
      yaxis: axis('', { type: 'category', showgrid: false, autorange: 'reversed' }),
    },
  );
}

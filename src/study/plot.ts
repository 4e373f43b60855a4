import { percent, percents } from '../report/columns';
import type { PlotlyFigure } from '../report/figure';
import { axis, COLORS, themed } from '../report/figures/theme';
import { titled } from '../report/words';
import { isSampleData } from '../run/record';
import type { StudyResults, VariantResult } from './results';

/** A dot for each change: how many points it gave or cost, with the interval. */
export function plotStudy({ title, dataset, variants }: StudyResults): PlotlyFigure {
  const compared = variants.filter(({ difference }) => difference !== null);
  const first = variants[0]!;
  return themed(
    {
      title: titled(title, { isSynthetic: isSampleData(dataset) }),
      subtitle: `Difference from "${first.change}" (${percent(first.accuracy).toFixed(1)} %) on the validation part, with 95 % intervals`,
    },
    [dots(compared)],
    {
      height: 150 + 34 * compared.length,
      showlegend: false,
      xaxis: axis('points of accuracy', { zeroline: true, zerolinecolor: COLORS.ink }),
      yaxis: axis('', { type: 'category', autorange: 'reversed' }),
    },
  );
}

function dots(variants: readonly VariantResult[]): object {
  const values = variants.map(({ difference }) => percent(difference!.difference));
  const ends = variants.map(({ difference }) => percents(difference!.interval));
  return {
    type: 'scatter',
    mode: 'markers',
    x: values,
    y: variants.map(({ change }) => change),
    marker: { color: COLORS.ours, size: 9 },
    error_x: {
      type: 'data',
      symmetric: false,
      array: ends.map(([, high], i) => high - values[i]!),
      arrayminus: ends.map(([low], i) => values[i]! - low),
      color: COLORS.ours,
      thickness: 1.4,
      width: 4,
    },
    hovertemplate: '%{y}: %{x:+.2f} points<extra></extra>',
  };
}

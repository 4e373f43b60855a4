import type { Results } from '../../evaluate/results';
import type { PlotlyFigure } from '../figure';
import { METRIC_NAMES } from '../paper';
import { describeResults, titled } from '../words';
import { classBars } from './class-bars';
import { axis, COLORS, categoryAxis, themed } from './theme';

const SHOWN = { precision: COLORS.third, recall: COLORS.ours, f1: COLORS.second } as const;

/** Precision, recall and F1 of each class on the test part with 95 % intervals, in the order of the labels. */
export function plotByClass(results: Results): PlotlyFigure {
  const classes = results.dataset.classes.map((name, label) => ({ name, label }));
  const metrics = Object.keys(SHOWN) as (keyof typeof SHOWN)[];
  return themed(
    {
      title: titled('Precision, recall and F1 by class', results),
      subtitle: `With 95 % intervals: ${describeResults(results)}`,
    },
    metrics.map((metric) =>
      classBars(results.test, classes, { metric, name: METRIC_NAMES[metric], color: SHOWN[metric] }),
    ),
    {
      width: 860,
      barmode: 'group',
      xaxis: categoryAxis(),
      yaxis: axis('', { range: [0, 1.02], tickformat: '.1f', dtick: 0.2 }),
    },
  );
}

import type { PlotlyFigure } from '../src/report/figure';
import { axis, COLORS, themed } from '../src/report/figures/theme';
import type { BenchResults } from './recorded';

/** Training speed of every peer on the first training case, both precisions beside each other. */
export function plotTraining({ measurements, environment }: BenchResults): PlotlyFigure {
  const name = measurements.find((it) => it.case.startsWith('training'))!.case;
  const rows = measurements.filter((it) => it.case === name);
  const bars = (precision: string, color: string) => {
    const some = rows.filter((row) => row.precision === precision);
    return {
      type: 'bar',
      name: precision,
      x: some.map(({ peer }) => peer),
      y: some.map(({ median }) => median),
      text: some.map(({ median }) => String(Math.round(median))),
      textposition: 'outside',
      marker: { color },
    };
  };
  return themed(
    `${name[0]!.toUpperCase()}${name.slice(1)}: images/s on ${environment.cores} cores`,
    [bars('float32', COLORS.ours), bars('bfloat16', COLORS.second)],
    { barmode: 'group', xaxis: axis(''), yaxis: axis('images/s', { rangemode: 'tozero' }) },
  );
}

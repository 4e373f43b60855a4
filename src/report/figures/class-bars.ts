import type { Evaluation } from '../../evaluate/evaluation';
import type { ConfidenceInterval } from '../../evaluate/intervals';
import { type ClassMetricName, isDefined } from '../../evaluate/metrics';
import { COLORS } from './theme';

/** A class under the name that its bar gets. */
interface NamedClass {
  readonly name: string;
  readonly label: number;
}

/** Bars of a metric with 95 % intervals; a dash stands for a class whose metric is undefined. */
export function classBars(
  { metrics, intervals }: Pick<Evaluation, 'metrics' | 'intervals'>,
  classes: readonly NamedClass[],
  { metric, name, color }: { metric: ClassMetricName; name: string; color: string },
): object {
  const hasValue = classes.map(({ label }) => isDefined(metrics.perClass[label]!, metric));
  const values = classes.map(({ label }) => metrics.perClass[label]![metric]);
  const ranges = classes.map(({ label }, i) =>
    hasValue[i] ? intervals.perClass[label]![metric] : ([values[i]!, values[i]!] as const),
  );
  return {
    type: 'bar',
    name,
    x: classes.map((row) => row.name),
    y: values,
    marker: { color },
    error_y: errorBars(values, ranges),
    text: hasValue.map((has) => (has ? '' : '–')),
    textposition: 'outside',
    textfont: { color },
  };
}

function errorBars(values: readonly number[], ranges: readonly ConfidenceInterval[]): object {
  return {
    type: 'data',
    symmetric: false,
    array: ranges.map(([, high], i) => high - values[i]!),
    arrayminus: ranges.map(([low], i) => values[i]! - low),
    color: COLORS.ink,
    thickness: 1.2,
    width: 3,
  };
}

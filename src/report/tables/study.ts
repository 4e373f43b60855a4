import { titled } from '../../evaluate/results';
import { describeMachines } from '../../run/machine';
import type { StudyResults, VariantResult } from '../../study/results';
import type { Figure } from '../figures/figure';
import { axis, COLORS, themed } from '../figures/theme';
import { percent, type ReportTable } from '../formats/table';

const percents = (interval: readonly [number, number]) => interval.map(percent);

/** What each change was worth on the validation part, and what it cost. */
export function tableStudy(study: StudyResults): ReportTable {
  const { variants, protocol } = study;
  return {
    title: titledStudy(study),
    columns: [
      'Change',
      'One view, %',
      'Accuracy, %',
      '95 % interval',
      'Difference, points',
      '95 % interval of it',
      'Images seen, thousands',
      'Minutes',
    ],
    formats: [undefined, two, two, one, signed, one, { decimals: 0, thousands: true }, one],
    rows: variants.map(
      ({ change, singleViewAccuracy, accuracy, interval, difference, imagesSeen, minutes }) => [
        change,
        percent(singleViewAccuracy),
        percent(accuracy),
        percents(interval),
        difference && percent(difference.difference),
        difference && percents(difference.interval),
        imagesSeen / 1000,
        minutes,
      ],
    ),
    notes: [
      `${protocol} Validation part, n = ${variants[0]!.count.toLocaleString('en')}; one view: the image itself; accuracy: mean of the test-time views, with its Wilson interval; difference from the first row on the same images: Wald interval for matched pairs. Intervals cover the choice of images, not the seed.`,
      `Minutes of training and validation by the clock (${describeMachines(variants.map(({ machine }) => machine))}); other work shared the machine, so compare the images seen.`,
    ],
  };
}

const one = { decimals: 1 };
const two = { decimals: 2 };
const signed = { decimals: 2, signed: true };

function titledStudy({ title, dataset }: StudyResults): string {
  return titled(title, { isSynthetic: dataset.kind === 'synthetic' });
}

/** A dot for each change: how many points it gave or cost, with the interval. */
export function plotStudy(study: StudyResults): Figure {
  const compared = study.variants.filter(({ difference }) => difference !== null);
  const first = study.variants[0]!;
  return themed(
    {
      title: titledStudy(study),
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
      array: ends.map(([, high], i) => high! - values[i]!),
      arrayminus: ends.map(([low], i) => values[i]! - low!),
      color: COLORS.ours,
      thickness: 1.4,
      width: 4,
    },
    hovertemplate: '%{y}: %{x:+.2f} points<extra></extra>',
  };
}

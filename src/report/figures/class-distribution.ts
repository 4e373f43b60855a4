import { PAPER_ROWS } from '../../dataset/emotions';
import { OFFICIAL_COUNTS } from '../../dataset/evidence';
import type { Results } from '../../evaluate/results';
import type { Figure } from '../figure';
import { PAPER_SAMPLES, printedCount } from '../paper';
import { sum } from '../sum';
import { describeResults, titled } from '../words';
import { axis, COLORS, categoryAxis, hatched, themed } from './theme';

const NAMES = PAPER_ROWS.map(({ name }) => name);
const LABELS = PAPER_ROWS.map(({ label }) => label);

/** Images of each class: the paper's samples column beside the official counts and the run's test part. */
export function plotClassDistribution(results: Results): Figure {
  const bars = (name: string, of: (label: number) => number, marker: object) => ({
    type: 'bar',
    name,
    x: NAMES,
    y: LABELS.map(of),
    marker,
    text: LABELS.map((label) => of(label).toLocaleString('en')),
    textposition: 'outside',
    textangle: 0,
    textfont: { size: 10 },
    cliponaxis: false,
  });
  return themed(
    {
      title: titled('Images of each class', results),
      subtitle: `Our test part: ${describeResults(results)}`,
    },
    [
      bars("Paper's samples column", (label) => printedCount(PAPER_SAMPLES[label]!), hatched('/')),
      bars('FER-2013, all parts', (label) => sum(OFFICIAL_COUNTS[label]!), { color: COLORS.third }),
      bars('Our test part', (label) => results.test.metrics.perClass[label]!.support, { color: COLORS.ours }),
    ],
    {
      width: 860,
      barmode: 'group',
      bargap: 0.1,
      xaxis: categoryAxis(),
      yaxis: axis('images', { tickformat: ',d' }),
    },
  );
}

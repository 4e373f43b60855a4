import { findSpec } from '../../dataset/specs';
import type { Results } from '../../evaluate/results';
import { sumOf } from '../../sum';
import type { PlotlyFigure } from '../figure';
import { PAPER_SAMPLES, paperClasses, printedCount } from '../paper';
import { describeResults, titled } from '../words';
import { axis, COLORS, categoryAxis, hatched, themed } from './theme';

/**
 * Images of each class: the run's test part beside the official counts where they are known, and beside the paper's
 * samples column where the data has the paper's classes: in the paper's order then, under its names.
 */
export function plotClassDistribution(results: Results): PlotlyFigure {
  const { classes, spec } = results.dataset;
  const known = findSpec(spec);
  const ofPaper = paperClasses(classes);
  const rows = ofPaper.length > 0 ? ofPaper : classes.map((name, label) => ({ name, label }));
  const names = rows.map(({ name }) => name);
  const own = rows.map(({ label }) => results.test.metrics.perClass[label]!.support);
  const official = known?.officialCounts && rows.map(({ label }) => sumOf(known.officialCounts![label]!));
  const printed = ofPaper.map(({ at }) => printedCount(PAPER_SAMPLES[at]!));
  return themed(
    {
      title: titled('Images of each class', results),
      subtitle: `Our test part: ${describeResults(results)}`,
    },
    [
      ...(ofPaper.length > 0 ? [bars("Paper's samples column", [names, printed], hatched('/'))] : []),
      ...(official ? [bars(`${known.title}, all parts`, [names, official], { color: COLORS.third })] : []),
      bars('Our test part', [names, own], { color: COLORS.ours }),
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

function bars(
  name: string,
  [names, counts]: readonly [readonly string[], readonly number[]],
  marker: object,
): object {
  return {
    type: 'bar',
    name,
    x: names,
    y: counts,
    marker,
    text: counts.map((count) => count.toLocaleString('en')),
    textposition: 'outside',
    textangle: 0,
    textfont: { size: 10 },
    cliponaxis: false,
  };
}

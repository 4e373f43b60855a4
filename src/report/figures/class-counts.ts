import { countByClass } from '../../dataset/counts';
import type { ImageDataset } from '../../dataset/dataset';
import { partNames } from '../../dataset/spec';
import type { PlotlyFigure } from '../figure';
import { PAPER_SAMPLES, paperClasses, printedCount } from '../paper';
import { titledFor } from '../words';
import { axis, COLORS, categoryAxis, themed } from './theme';

const PART_COLORS = [COLORS.ours, COLORS.second, COLORS.third] as const;

/** Images of each class, stacked by part, with the paper's samples column as marks where the data has its classes. */
export function plotClassCounts(dataset: ImageDataset): PlotlyFigure {
  const { classes } = dataset.spec;
  const counts = countByClass(dataset);
  const ofPaper = paperClasses(classes);
  const rows = ofPaper.length > 0 ? ofPaper : classes.map((name, label) => ({ name, label }));
  const names = partNames(dataset.spec);
  const bars = counts[0]!.map((_, part) => ({
    type: 'bar',
    name: names[part] ?? 'images',
    x: rows.map(({ name }) => name),
    y: rows.map(({ label }) => counts[label]![part]),
    marker: { color: PART_COLORS[part % PART_COLORS.length] },
  }));
  const printed = {
    type: 'scatter',
    mode: 'markers',
    name: "paper's samples column",
    x: ofPaper.map(({ name }) => name),
    y: ofPaper.map(({ at }) => printedCount(PAPER_SAMPLES[at]!)),
    marker: { symbol: 'line-ew', size: 34, line: { width: 3, color: COLORS.ink } },
  };
  return themed(
    titledFor('Images of each class', dataset),
    [...bars, ...(ofPaper.length > 0 ? [printed] : [])],
    {
      barmode: 'stack',
      legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', traceorder: 'normal' },
      xaxis: categoryAxis(),
      yaxis: axis('images', { tickformat: ',d', rangemode: 'tozero' }),
    },
  );
}

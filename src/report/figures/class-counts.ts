import { type ImageDataset, USAGES } from '../../dataset/dataset';
import { PAPER_ROWS } from '../../dataset/emotions';
import { countByClass } from '../../dataset/evidence';
import type { Figure } from '../figure';
import { PAPER_SAMPLES, printedCount } from '../paper';
import { titledFor } from '../words';
import { axis, COLORS, categoryAxis, themed } from './theme';

const PART_COLORS = [COLORS.ours, COLORS.second, COLORS.third] as const;

/** Images of each class, stacked by part, with the paper's samples column as marks. */
export function plotClassCounts(dataset: ImageDataset): Figure {
  const counts = countByClass(dataset);
  const names = PAPER_ROWS.map(({ name }) => name);
  const bars = USAGES.map((usage, part) => ({
    type: 'bar',
    name: usage,
    x: names,
    y: PAPER_ROWS.map(({ label }) => counts[label]![part]),
    marker: { color: PART_COLORS[part] },
  }));
  const paper = {
    type: 'scatter',
    mode: 'markers',
    name: "paper's samples column",
    x: names,
    y: PAPER_ROWS.map(({ label }) => printedCount(PAPER_SAMPLES[label]!)),
    marker: { symbol: 'line-ew', size: 34, line: { width: 3, color: COLORS.ink } },
  };
  return themed(titledFor('Images of each class', dataset), [...bars, paper], {
    barmode: 'stack',
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', traceorder: 'normal' },
    xaxis: categoryAxis(),
    yaxis: axis('images', { tickformat: ',d', rangemode: 'tozero' }),
  });
}

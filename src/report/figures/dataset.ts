import { IMAGE_PIXELS, type ImageDataset, USAGES } from '../../dataset/dataset';
import { EMOTIONS, PAPER_ROWS } from '../../dataset/emotions';
import { countByClass } from '../../dataset/evidence';
import { PAPER_SAMPLES } from '../paper';
import { titledFor } from '../tables/dataset';
import type { Figure } from './figure';
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
    y: PAPER_ROWS.map(({ label }) => Number(PAPER_SAMPLES[label]!.replace(',', ''))),
    marker: { symbol: 'line-ew', size: 34, line: { width: 3, color: COLORS.ink } },
  };
  return themed(titledFor('Images of each class', dataset), [...bars, paper], {
    barmode: 'stack',
    legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1.02, yanchor: 'bottom', traceorder: 'normal' },
    xaxis: categoryAxis(),
    yaxis: axis('images', { tickformat: ',d', rangemode: 'tozero' }),
  });
}

/** How the grey levels of all images are distributed, before and after scaling to [0, 1]. */
export function plotGreyLevels(dataset: ImageDataset): Figure {
  const counts = new Array<number>(256).fill(0);
  for (const level of dataset.images) counts[level]!++;
  const pixels = dataset.count * IMAGE_PIXELS;
  const bars = {
    type: 'bar',
    x: counts.map((_, level) => level / 255),
    y: counts.map((count) => count / pixels),
    marker: { color: COLORS.ours },
    hovertemplate: 'grey level %{customdata} of 255<br>%{y:.2%} of the pixels<extra></extra>',
    customdata: counts.map((_, level) => level),
  };
  return themed(titledFor('Grey levels after normalisation', dataset), [bars], {
    bargap: 0,
    xaxis: axis('value in [0, 1]'),
    yaxis: axis('share of the pixels', { tickformat: '.1%' }),
  });
}

/** Brightness of the images of each class, as boxes. @param brightness mean grey level of each image, [count] */
export function plotBrightness(dataset: ImageDataset, brightness: ArrayLike<number>): Figure {
  const boxes = EMOTIONS.map((name, label) => ({
    type: 'box',
    name,
    x: [name],
    ...quartiles(Array.from(brightness).filter((_, row) => dataset.labels[row] === label)),
    marker: { color: COLORS.ours },
    line: { color: COLORS.ours },
  }));
  return themed(titledFor('Brightness of the images of each class', dataset), boxes, {
    showlegend: false,
    xaxis: categoryAxis(),
    yaxis: axis('mean grey level, 0 to 255', { rangemode: 'tozero' }),
  });
}

/** The five numbers of a box, so that the figure does not carry every image's value. */
function quartiles(values: number[]): object {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) => [sorted[Math.round(share * (sorted.length - 1))] ?? 0];
  return { lowerfence: at(0.05), q1: at(0.25), median: at(0.5), q3: at(0.75), upperfence: at(0.95) };
}

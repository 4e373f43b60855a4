import type { ImageDataset } from '../../dataset/dataset';
import type { PlotlyFigure } from '../figure';
import { titledFor } from '../words';
import { axis, COLORS, categoryAxis, themed } from './theme';

/** Brightness of the images of each class, as boxes. @param brightness mean grey level of each image, [count] */
export function plotBrightness(dataset: ImageDataset, brightness: ArrayLike<number>): PlotlyFigure {
  const boxes = dataset.spec.classes.map((name, label) => ({
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

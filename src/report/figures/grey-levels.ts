import type { ImageDataset } from '../../dataset/dataset';
import { imageBlocks } from '../../dataset/image-source';
import { pixelsPerImage } from '../../dataset/spec';
import type { PlotlyFigure } from '../figure';
import { titledFor } from '../words';
import { axis, COLORS, themed } from './theme';

/** How the grey levels of all images are distributed, before and after scaling to [0, 1]. */
export function plotGreyLevels(dataset: ImageDataset): PlotlyFigure {
  const counts = new Array<number>(256).fill(0);
  for (const block of imageBlocks(dataset)) for (const level of block) counts[level]!++;
  const pixels = dataset.count * pixelsPerImage(dataset.spec);
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

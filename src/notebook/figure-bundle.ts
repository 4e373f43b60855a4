import type { Figure } from '../report/figure';
import { type FigureDrawer, PICTURE_SIZE } from '../report/static/draw';
import type { Bundle } from './display';

/**
 * A figure as plotly JSON, which Lab makes interactive, and as PNG for GitHub, nbviewer and exported HTML, which run
 * no JavaScript.
 */
export async function figureBundle(figure: Figure, drawer: FigureDrawer): Promise<Bundle> {
  const png = await drawer.png(figure);
  const { width: pixels = PICTURE_SIZE.width, height = PICTURE_SIZE.height } = figure.layout;
  // Lab fits a figure without a width to the page.
  const { width: _width, ...layout } = figure.layout;
  return {
    data: {
      'application/vnd.plotly.v1+json': {
        data: figure.data,
        layout: { ...layout, autosize: true },
        config: { responsive: true },
      },
      'image/png': png.toString('base64'),
      'text/plain': `figure: ${figure.layout.title?.text.replace(/<[^>]*>/g, ' ') ?? 'without a title'}`,
    },
    // The picture has more pixels than the layout, for fine screens; this is how large it is meant to be.
    metadata: { 'image/png': { width: pixels, height } },
  };
}

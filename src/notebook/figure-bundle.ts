import type { PlotlyFigure } from '../report/figure';
import type { FigureDrawer } from '../report/static/draw';
import type { Bundle } from './display';
import { figureAlt } from './figure-alt';

/**
 * A figure as plotly JSON, which Lab makes interactive, and as SVG for GitHub, nbviewer and exported HTML, which run
 * no JavaScript. No PNG: where there is one, Lab's plotly shows it and leaves the figure dead.
 */
export async function figureBundle(figure: PlotlyFigure, drawer: FigureDrawer): Promise<Bundle> {
  const svg = await drawer.svg(figure);
  // Lab fits a figure without a width to the page.
  const { width: _width, ...layout } = figure.layout;
  return {
    data: {
      'application/vnd.plotly.v1+json': {
        data: figure.data,
        layout: { ...layout, autosize: true },
        config: { responsive: true },
      },
      'image/svg+xml': svg,
      'text/plain': `figure: ${figure.layout.title?.text.replace(/<[^>]*>/g, ' ') ?? 'without a title'}`,
    },
    // A heat map holds a raster picture; it is one of numbers unless the figure says that a photograph is in it.
    metadata: { 'image/svg+xml': { alt: figureAlt(figure) }, ferlab: { people: showsPeople(figure) } },
  };
}

const showsPeople = ({ layout }: PlotlyFigure) =>
  (layout.meta as { people?: boolean } | undefined)?.people ?? false;

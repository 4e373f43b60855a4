import sharp from 'sharp';
import type { PlotlyFigure } from '../figure';
import { FONT_FAMILY, provideFont } from './fonts';
import { openPlotlyPage, type PlotlyPage } from './page';

/** Size in pixels of a picture whose layout names none. */
export const PICTURE_SIZE = { width: 720, height: 440 } as const;

/** Draws figures one after the other; the first takes about a second more, for loading plotly. */
export class FigureDrawer {
  #page: PlotlyPage | undefined;

  /** The figure as SVG, at the size of its layout; the same figure gives the same text, other ones other ids. */
  async svg(figure: PlotlyFigure): Promise<string> {
    this.#page ??= openPlotlyPage();
    const { window, plotly, seedRandom } = this.#page;
    seedRandom(JSON.stringify(figure));
    const { width = PICTURE_SIZE.width, height = PICTURE_SIZE.height } = figure.layout;
    const element = window.document.createElement('div');
    window.document.body.appendChild(element);
    try {
      // plotly writes into what it is given.
      const { data, layout } = structuredClone(figure) as PlotlyFigure;
      const font = { ...(layout.font as object | undefined), family: FONT_FAMILY };
      await plotly.newPlot(element, data, { ...layout, width, height, font }, { staticPlot: true });
      unclipLegends(element);
      return plotly.Snapshot.toSVG(element, 'svg', 1);
    } finally {
      plotly.purge(element);
      element.remove();
    }
  }

  /** Frees the page; the next figure opens a new one. */
  close(): void {
    this.#page?.window.close();
    this.#page = undefined;
  }

  /** The figure as PNG on white. @param scale pixels of the picture for each pixel of the layout */
  async png(figure: PlotlyFigure, scale = 1.5): Promise<Buffer> {
    return svgToPng(await this.svg(figure), scale);
  }
}

/** Legends are cut off where they were measured to end: a viewer whose letters are wider would lose the last ones. */
function unclipLegends(element: Element): void {
  for (const box of element.querySelectorAll('.legend [clip-path]')) box.removeAttribute('clip-path');
}

/** A drawing as PNG on white, in a palette of 128 colours: a third of the size, and no eye tells. */
export function svgToPng(svg: string, scale: number): Promise<Buffer> {
  provideFont();
  return sharp(Buffer.from(svg), { density: 72 * scale })
    .flatten({ background: '#fff' })
    .png({ palette: true, colours: 128, effort: 8, dither: 0 })
    .toBuffer();
}

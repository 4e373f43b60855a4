import { readFileSync } from 'node:fs';
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { DOMWindow } from 'jsdom';
import { randomStream } from '../../random';
import { parseTransform, type Rectangle, transformBox } from './geometry';
import { createMeasurer } from './measure';

/** The part of plotly.js that is called in the page. */
interface Plotly {
  newPlot(element: Element, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(element: Element): void;
  Snapshot: { toSVG(element: Element, format: 'svg', scale: number): string };
}

/** A page without a screen in which plotly.js runs. */
export interface PlotlyPage {
  readonly window: DOMWindow;
  readonly plotly: Plotly;
  /** Restarts the page's random numbers, of which plotly makes the ids in a drawing. */
  seedRandom(key: string): void;
}

/**
 * Opens a page in jsdom and loads plotly.js into it (about a second). jsdom has no layout and no canvas: text and
 * boxes are measured with real fonts, and canvases are those of @napi-rs/canvas.
 */
export function openPlotlyPage(): PlotlyPage {
  const { JSDOM }: typeof import('jsdom') = require('jsdom'); // half a second, which only drawing needs
  const dom = new JSDOM('<!DOCTYPE html><html><body></body></html>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
  });
  const { window } = dom;
  Object.assign(window, {
    TextDecoder,
    TextEncoder,
    matchMedia: () => ({ matches: false, addListener() {}, removeListener() {} }),
  });
  Object.assign(window.URL, { createObjectURL: () => 'blob:none', revokeObjectURL: () => {} });
  giveCanvas(window);
  giveMeasures(window);
  window.eval(readFileSync(require.resolve('plotly.js-dist-min/plotly.min.js'), 'utf8'));
  const math = window.eval('Math') as { random(): number };
  return {
    window,
    plotly: window.Plotly as Plotly,
    seedRandom: (key) => {
      math.random = randomStream(0, 'drawing', key).uniform;
    },
  };
}

function giveCanvas(window: DOMWindow): void {
  const canvases = new WeakMap<HTMLCanvasElement, Canvas>();
  const canvasOf = (element: HTMLCanvasElement): Canvas => {
    let canvas = canvases.get(element);
    if (!canvas || canvas.width !== element.width || canvas.height !== element.height) {
      canvas = createCanvas(element.width || 1, element.height || 1);
      canvases.set(element, canvas);
    }
    return canvas;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      return kind === '2d' ? canvasOf(this).getContext('2d') : null;
    },
    toDataURL(this: HTMLCanvasElement) {
      return canvasOf(this).toDataURL('image/png');
    },
  });
}

const toRect = (box: Rectangle) => ({
  ...box,
  x: box.left,
  y: box.top,
  width: box.right - box.left,
  height: box.bottom - box.top,
});
const EMPTY: Rectangle = { left: 0, top: 0, right: 0, bottom: 0 };

function giveMeasures(window: DOMWindow): void {
  const measurer = createMeasurer();
  const isInside = (element: Element) =>
    element instanceof window.SVGElement && element.tagName.toLowerCase() !== 'svg';
  const onPage = (element: Element): Rectangle => {
    let box = measurer.box(element) ?? EMPTY;
    for (let at: Element | null = element; at && isInside(at); at = at.parentElement) {
      box = transformBox(parseTransform(at.getAttribute('transform')), box);
    }
    return box;
  };
  window.Element.prototype.getBoundingClientRect = function (this: Element) {
    return toRect(isInside(this) ? onPage(this) : EMPTY) as DOMRect;
  };
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      return toRect(measurer.box(this) ?? EMPTY);
    },
    getComputedTextLength(this: Element) {
      return measurer.textWidth(this);
    },
  });
}

import type { PlotlyFigure } from '../../report/figure';
import { loadScript } from './load';

interface Plotly {
  react(element: Element, data: unknown, layout: object, config: object): Promise<unknown>;
}

/** Draws an interactive figure as wide as its place. Plotly is loaded with the first: the page itself stays small. */
export async function drawFigure(place: HTMLElement, { data, layout }: PlotlyFigure): Promise<void> {
  await loadScript('assets/plotly.min.js');
  const { Plotly } = globalThis as unknown as { Plotly: Plotly };
  if (!place.classList.contains('js-plotly-plot')) place.replaceChildren();
  const width = Math.max(300, (place.closest('figure, main')?.clientWidth ?? 0) - 20);
  await Plotly.react(place, data, { ...layout, width }, { responsive: true, displaylogo: false });
}

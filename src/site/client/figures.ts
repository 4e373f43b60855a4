import type { PlotlyFigure } from '../../report/figure';
import { element, pageData } from './dom';
import { drawFigure } from './plotly';

// Draws a figure with plotly when its reader asks for it.
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-figure]')) {
  const id = button.dataset.figure!;
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.textContent = 'Drawing …';
    await drawFigure(element(`plot-${id}`), pageData<PlotlyFigure>(`figure-${id}`));
    button.remove();
  });
}

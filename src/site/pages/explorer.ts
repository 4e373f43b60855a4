import { leadingModel, type SiteModel } from '../content';
import { dataElement, html } from '../html';
import type { Page } from '../page';

/** The confusion explorer: a matrix of buttons, and the images of the cell that is chosen, by numbers alone. */
export function explorerPage(models: readonly SiteModel[]): Page {
  const first = leadingModel(models).name;
  const options = (chosen: string) =>
    models.map(({ name }) => html`<option${name === chosen ? html` selected` : ''}>${name}</option>`);
  const { classes } = models[0]!.results.dataset;
  return {
    file: 'explorer.html',
    title: 'Confusion explorer',
    body: html`<p>Rows are the true classes, columns the predicted ones. Choose a cell to list its images. Rows of the data are numbered from 0, as in the published file.</p>
<div class="controls">
<label>Model <select id="model">${options(first)}</select></label>
<label>Compared with <select id="other"><option value="">none</option>${options('')}</select></label>
<label>Show <select id="unit"><option value="count">images</option><option value="row">share of the true class</option><option value="column">share of the predicted class</option><option value="all">share of all</option></select></label>
<label>Confidence from <input id="least" type="number" min="0" max="1" step="0.05" value="0"></label>
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="matrix" id="matrix"></table></div>
<h2 id="cell" aria-live="polite">No cell is chosen</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Images of the cell"><table id="images"></table></div>
<p class="note">The site contains no images of the data. To see an image, load your own copy in notebook 1 and use its row number.</p>
${dataElement('explorer-data', { classes, models: models.map(({ name }) => name) })}`,
    scripts: ['assets/explorer.js'],
  };
}

/** The predictions of a model for the explorer: a script, because a page from a file may not read other files. */
export function predictionsScript({ name, predictions }: SiteModel): string {
  const { rows, labels, probabilities } = predictions;
  const data = {
    rows: [...rows],
    labels: [...labels],
    // In ten-thousandths, which is a third of the size.
    probabilities: Array.from(probabilities, (probability) => Math.round(10_000 * probability)),
  };
  return `(globalThis.ferlabPredictions ??= {})[${JSON.stringify(name)}] = ${JSON.stringify(data)};\n`;
}

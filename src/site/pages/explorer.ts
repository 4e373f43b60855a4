import { leadingModel, type SiteModel } from '../content';
import type { Page } from '../page';
import { dataElement, type Html, html } from '../parts/html';

/** What a build knows besides the predictions. */
export interface ExplorerOptions {
  readonly models: readonly SiteModel[];
  /** Whether copies are known. */
  readonly hasCopies: boolean;
  /** Whether the user's pictures are in the build. */
  readonly hasPictures: boolean;
}

type Choice = readonly [value: string, name: string];

const select = (id: string, name: string, choices: readonly Choice[], chosen = '') =>
  html`<label>${name} <select id="${id}">${choices.map(
    ([value, text]) => html`<option value="${value}"${value === chosen && html` selected`}>${text}</option>`,
  )}</select></label>`;

const number = (id: string, name: string, most: number, isDisabled = false) =>
  html`<label>${name} <input id="${id}" type="number" min="0" max="${most}" value=""${isDisabled && html` disabled`}></label>`;

/** The confusion explorer: matrices of buttons, and the images of the cell that is chosen. */
export function explorerPage({ models, hasCopies, hasPictures }: ExplorerOptions): Page {
  const { classes } = models[0]!.results.dataset;
  return {
    file: 'explorer.html',
    title: 'Confusion explorer',
    body: html`<p>Rows are the true classes, columns the predicted ones. Choose a cell, with the mouse or with arrow keys and Enter, to list its images below, the most confident first. Choose an image to see everything that is known of it. The address holds what you see: send it to someone, or keep it.</p>
<div class="controls">${modelControls(models)}${filterControls(classes, { hasCopies, hasPictures })}<button type="button" id="reset">Reset</button></div>
<div id="matrices" class="matrices"></div>
<p class="note" id="different-images" hidden>The two models have other test images: each matrix is of its own.</p>
<p class="note">Colour: share of the largest number of the matrix. Rows of the data count from 0, as in the published file. The matrix is a table: screen readers read it by row and column.</p>
<section id="detail" class="card" hidden aria-live="polite"></section>
<h2 id="cell" aria-live="polite">All cells</h2>
<div id="images"></div>
${hasPictures ? html`<p class="note warning">This build holds pictures of your copy of the data, which may not be passed on. Do not publish it.</p>` : howToGetPictures()}
${dataElement('explorer-data', { classes, hasCopies, hasPictures })}`,
    scripts: ['assets/explorer.js'],
  };
}

const howToGetPictures = () =>
  html`<h2>Pictures, votes and brightness</h2><p>This site contains no images of the data. Build it on your own machine to see them: <code>npx ferlab site --data PATH</code> puts your copy's pictures, their brightness and, where they lie beside it, the votes of FER+ into a local build.</p>`;

function modelControls(models: readonly SiteModel[]): Html {
  const names = models.map(({ name }): Choice => [name, name]);
  return html`${select('model', 'Model', names, leadingModel(models).name)}
${select('other', 'Beside it', [['', 'none'], ...names])}
${select('unit', 'Show', [
  ['count', 'images'],
  ['row', 'percent of the true class'],
  ['column', 'percent of the predicted class'],
  ['all', 'percent of all'],
])}
${select('probabilities', 'Probabilities', [
  ['', 'as predicted'],
  ['calibrated', 'calibrated'],
])}`;
}

function filterControls(
  classes: readonly string[],
  { hasCopies, hasPictures }: Omit<ExplorerOptions, 'models'>,
): Html {
  const any: Choice = ['', 'any'];
  const labels = [any, ...classes.map((name, label): Choice => [String(label), name])];
  return html`<fieldset><legend>Only images with</legend>
${select('truth', 'true class', labels)}
${select('predicted', 'predicted class', labels)}
${select('correct', 'prediction', [any, ['right', 'right'], ['wrong', 'wrong']])}
${select('copies', 'copy in Training', hasCopies ? [any, ['with', 'yes'], ['without', 'no']] : [any])}
${number('from', 'confidence from, %', 100)}
${number('to', 'to, %', 100)}
${number('darkest', 'brightness from', 255, !hasPictures)}
${number('brightest', 'to', 255, !hasPictures)}
${select(
  'view',
  'list',
  hasPictures
    ? [
        ['', 'pictures'],
        ['table', 'table'],
      ]
    : [['table', 'table']],
  hasPictures ? '' : 'table',
)}
</fieldset>`;
}

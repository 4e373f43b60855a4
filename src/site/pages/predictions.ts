import { tableModels } from '../../publish/overview';
import type { SiteModel } from '../content';
import type { Page } from '../page';
import { html } from '../parts/html';
import { siteTable } from '../parts/table';

/** All models, each with the page that holds its predictions. */
export function predictionsPage(models: readonly SiteModel[]): Page {
  const names = new Set(models.map(({ name }) => name));
  return {
    file: 'predictions.html',
    title: 'Models and predictions',
    body: html`<p>Each model has a page with all predictions of its test images, as they are and calibrated, its reliability diagram, its risk-coverage curve, its hundred most confident mistakes and its card.</p>
${siteTable(tableModels(models.map(({ results }) => results)), {
  link: (text) => (names.has(text) ? `model-${text}.html` : null),
})}`,
  };
}

import { readFileSync } from 'node:fs';
import type { PlotlyFigure } from '../../report/figure';
import { plotReliability } from '../../report/figures/reliability';
import { plotRiskCoverage } from '../../report/figures/risk-coverage';
import { plotTrainingCurves } from '../../report/figures/training-curves';
import type { ReportTable } from '../../report/table';
import { tableConfidentMistakes } from '../../report/tables/confident-mistakes';
import { tableRiskCoverage } from '../../report/tables/risk-coverage';
import { tableSummary } from '../../report/tables/summary';
import { modelFiles } from '../../run/published-models';
import type { SiteModel } from '../content';
import type { Page } from '../page';
import { modelChain } from '../parts/chain';
import { type DocumentContext, projectLinks } from '../parts/documents';
import { figureExhibit, tableExhibit } from '../parts/exhibit';
import { dataElement, html } from '../parts/html';

/** Mistakes that the page lists. */
const MISTAKES = 100;

/** What a model's page shows, by the names of the files. */
export interface ModelExhibits {
  readonly figures: Readonly<Record<string, PlotlyFigure>>;
  readonly tables: Readonly<Record<string, ReportTable>>;
}

/** Figures and tables of one model. */
export function modelExhibits({ results, predictions }: SiteModel): ModelExhibits {
  return {
    figures: {
      reliability: plotReliability(results),
      'risk-coverage': plotRiskCoverage(results, predictions),
      ...(results.training ? { 'training-curves': plotTrainingCurves(results) } : {}),
    },
    tables: {
      summary: tableSummary(results),
      'risk-coverage-table': tableRiskCoverage(results, predictions) as ReportTable,
      'confident-mistakes': tableConfidentMistakes(results, predictions, MISTAKES) as ReportTable,
    },
  };
}

/** Everything about one model: numbers, calibration, risk and coverage, mistakes, all predictions, and its card. */
export function modelPage(
  model: SiteModel,
  { figures, tables }: ModelExhibits,
  context: DocumentContext,
): Page {
  const { name, results, folder } = model;
  const collection = {
    folder: `models/${name}`,
    chain: modelChain({
      models: [model],
      command: `npx ferlab verify ${name}`,
      repository: context.repository,
    }),
  };
  const card = readFileSync(modelFiles(folder).card, 'utf8');
  return {
    file: `model-${name}.html`,
    title: name,
    body: html`<p class="lead">${(100 * results.test.metrics.accuracy).toFixed(2)} % of ${results.test.count.toLocaleString('en')} test images. <a href="models/${name}/results.json">All numbers</a>, <a href="models/${name}/predictions-test.csv" download>all predictions</a>, <a href="models/${name}/record.json">record</a>, <a href="#card">model card</a>, <a href="explorer.html#model=${name}">explore its confusions</a>, <a href="compare.html#second=${name}">compare it</a>.</p>
${tableExhibit('summary', tables.summary!, collection)}
${figureExhibit('reliability', figures.reliability!, collection)}
${figureExhibit('risk-coverage', figures['risk-coverage']!, collection)}
${tableExhibit('risk-coverage-table', tables['risk-coverage-table']!, collection)}
${allPredictions(model)}
${tableExhibit('confident-mistakes', tables['confident-mistakes']!, { ...collection, about: mistakesAbout(name) })}
${figures['training-curves'] && figureExhibit('training-curves', figures['training-curves'], collection)}
<section id="card" class="document"><h2>Model card</h2>${context.render(card, { level: 3, resolve: projectLinks(`models/${name}/README.md`, context) })}</section>`,
    scripts: ['assets/figures.js', 'assets/predictions.js'],
  };
}

const mistakesAbout = (name: string) =>
  html`<p>See them in the <a href="explorer.html#model=${name}&correct=wrong">explorer</a>, with their probabilities and copies.</p>`;

/** A list of all test images that a script fills: thousands of rows in the page itself would make it slow. */
function allPredictions({ name, results: { dataset, test, tempered } }: SiteModel) {
  return html`<section class="exhibit" id="predictions"><h2>All test images</h2>
<p>Every one of the ${test.count.toLocaleString('en')} predictions. Calibrated: with the logits divided by the temperature ${tempered.temperature.toFixed(3)}, which was fitted on the validation part.</p>
<div class="controls"><label>Probabilities <select id="probabilities"><option value="calibrated">calibrated</option><option value="">as predicted</option></select></label>
<label>Sort by <select id="sort"><option value="row">row</option><option value="high">confidence, highest first</option><option value="low">confidence, lowest first</option></select></label>
<label>Row <input id="row" type="number" min="0" value=""></label></div>
<p id="count" aria-live="polite"></p><div id="images"></div>
<noscript><p>The list needs JavaScript; <a href="models/${name}/predictions-test.csv">predictions-test.csv</a> holds the same.</p></noscript>
${dataElement('predictions-data', { model: name, classes: dataset.classes })}</section>`;
}

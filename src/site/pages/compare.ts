import { comparePublished } from '../../publish/comparisons';
import { tableComparisons } from '../../report/tables/comparisons';
import { leadingModel, leadingNetwork, type SiteModel } from '../content';
import type { Page } from '../page';
import { dataElement, type Html, html } from '../parts/html';
import { settingsOf } from '../parts/settings';
import { siteTable } from '../parts/table';

/** Any two models beside each other, and those that predicted the same test images in one table. */
export function comparePage(models: readonly SiteModel[], folder: string): Page {
  const second = leadingModel(models);
  const first = leadingNetwork(models.filter((model) => model !== second)) ?? second;
  const select = (id: string, label: string, chosen: SiteModel) =>
    html`<label>${label} <select id="${id}">${models.map(({ name }) => html`<option${name === chosen.name && html` selected`}>${name}</option>`)}</select></label>`;
  return {
    file: 'compare.html',
    title: 'Compare two models',
    body: html`<p>Choose any two models. Their differences are paired: images on which both are right or both are wrong say nothing about the difference.</p>
<div class="controls">${select('first', 'First', first)}${select('second', 'Second', second)}</div>
<p id="shared" aria-live="polite"></p>
<div id="accuracy"></div>
<p class="note">Accuracies with Wilson intervals. Difference: second less first, with the 95 % score interval for paired proportions (Tango 1998) and p of the exact McNemar test, each for its own row alone. No interval covers the seed.</p>
<h2>Images that changed</h2>
<div class="controls"><label>Show <select id="change"><option value="second">only the second is right</option><option value="first">only the first is right</option><option value="both-wrong">both are wrong, in different ways</option></select></label></div>
<p id="changed-count" aria-live="polite"></p><div id="changed"></div>
<h2>Settings</h2><div id="settings"></div>
<h2>Training curves</h2>
<p id="no-curves" hidden>Neither is a single network with a training of its own.</p>
<div class="picture"><div id="curves"></div></div><p><a id="curves-csv" download="training-curves.csv">CSV</a></p>
${groupsOf(models).map((group) => section(group, folder))}
${dataElement('compare-data', { classes: models[0]!.results.dataset.classes, models: models.map(packModel) })}`,
    scripts: ['assets/compare.js'],
  };
}

function packModel(model: SiteModel) {
  const { run, name } = model;
  return { name, settings: settingsOf(model), history: run.kind === 'network' ? run.history : null };
}

/** Models with the same test images. */
function groupsOf(models: readonly SiteModel[]): SiteModel[][] {
  const groups = new Map<string, SiteModel[]>();
  for (const model of models) {
    const images = model.predictions.rows.join();
    groups.set(images, [...(groups.get(images) ?? []), model]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function section(models: readonly SiteModel[], folder: string): Html {
  const first = leadingModel(models);
  const names = models.filter((model) => model !== first).map(({ name }) => name);
  return html`<section><h2>All models with these test images, compared with ${first.name}</h2>
${siteTable(tableComparisons(comparePublished(names, first.name, folder), first.results))}</section>`;
}

import { comparePublished } from '../../publish/comparisons';
import { tableComparisons } from '../../report/tables/comparisons';
import { leadingModel, type SiteModel } from '../content';
import { tableSettings } from '../differences';
import { type Html, html } from '../html';
import type { Page } from '../page';
import { siteTable } from '../table';

/** Models that predicted the same test images, pair by pair, and what their configurations differ in. */
export function comparePage(models: readonly SiteModel[], folder: string): Page {
  const groups = new Map<string, SiteModel[]>();
  for (const model of models) {
    const images = model.predictions.rows.join();
    groups.set(images, [...(groups.get(images) ?? []), model]);
  }
  const sections = [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => section(group, folder));
  return {
    file: 'compare.html',
    title: 'Compare',
    body: html`<p>Models are compared on the images that both predicted. To compare them cell by cell, choose two in the <a href="explorer.html">confusion explorer</a>.</p>${sections}`,
  };
}

function section(models: readonly SiteModel[], folder: string): Html {
  const first = leadingModel(models);
  const others = models.filter((model) => model !== first);
  const names = others.map(({ name }) => name);
  const compared = comparePublished(names, first.name, folder);
  return html`<section><h2>Compared with ${first.name}</h2>
${siteTable(tableComparisons(compared, first.results))}
${siteTable(tableSettings([first, ...others]))}</section>`;
}

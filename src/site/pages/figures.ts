import { reportFigures } from '../../report/figures/list';
import { FIGURE_ENDINGS } from '../../report/files';
import { TABLE_FORMATS } from '../../report/formats/list';
import { reportTables } from '../../report/tables/list';
import { commitOf, type SiteModel } from '../content';
import { dataElement, type Html, html } from '../html';
import type { Page } from '../page';
import { siteTable } from '../table';

/** Every figure and table of one model's report, with its files and where its numbers come from. */
export function figuresPage(model: SiteModel): Page {
  const folder = `report/${model.name}`;
  const downloads = (name: string, endings: readonly string[]) =>
    html`<p>Download: ${endings.map((ending) => html`<a href="${folder}/${name}.${ending}" download>${ending}</a> `)}</p>`;
  const figure = ([name, { layout, data }]: [string, ReturnType<typeof reportFigures>[string]]) => html`
<section><h2 id="${name}">${layout.title!.text}</h2>
<figure><div class="picture" id="plot-${name}"><img src="${folder}/${name}.svg" width="${layout.width ?? 760}" height="${layout.height ?? 440}" alt="${layout.title!.text}; the tables on this page contain its numbers" loading="lazy"></div></figure>
<p><button type="button" data-figure="${name}">Make the figure interactive</button></p>
${dataElement(`figure-${name}`, { data, layout })}
${downloads(name, FIGURE_ENDINGS)}</section>`;
  const table = ([name, one]: [string, ReturnType<typeof reportTables>[string]]) =>
    html`<section><h2 id="${name}">${one.title}</h2>${siteTable(one, { isTitled: false })}${downloads(name, Object.keys(TABLE_FORMATS))}</section>`;
  return {
    file: 'figures.html',
    title: 'Figures and tables',
    body: html`<p>Figures 2 to 5 and Tables I to IV of the paper beside those of <strong>${model.name}</strong>.</p>
${chain(model)}
${Object.entries(reportTables([model.results])).map(table)}
${Object.entries(reportFigures(model.results)).map(figure)}`,
    scripts: ['assets/figures.js'],
  };
}

/** From the numbers back to their origin: predictions, run, commit, data, and the command that makes them again. */
export function chain(model: SiteModel): Html {
  const { name, results, predictionsSha256 } = model;
  const commit = commitOf(model);
  return html`<dl class="chain">
<dt>Predictions</dt><dd><a href="models/${name}/predictions-test.csv">predictions-test.csv</a>, SHA-256 <code>${predictionsSha256}</code></dd>
<dt>Run</dt><dd><a href="models/${name}/record.json">record.json</a>, <a href="models/${name}/README.md">model card</a></dd>
<dt>Commit at the start of the training</dt><dd>${commit ? html`<code>${commit}</code>` : 'in the records of its members'}</dd>
<dt>Data</dt><dd>${results.dataset.format}, ${results.dataset.images.toLocaleString('en')} images, content SHA-256 <code>${results.dataset.sha256}</code></dd>
<dt>Make it again</dt><dd><code>npx ferlab report models/${name}</code></dd>
</dl>`;
}

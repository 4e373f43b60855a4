import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../paths';
import type { PlotlyFigure } from '../../report/figure';
import type { ReportTable } from '../../report/table';
import { plotStudy } from '../../study/plot';
import { projectStudy, publishedStudy } from '../../study/published';
import { tableStudy } from '../../study/table';
import type { Page } from '../page';
import { chainOf, fileLinks } from '../parts/chain';
import { figureExhibit, type NamedFile, tableExhibit } from '../parts/exhibit';
import { type Html, html } from '../parts/html';

const RESULTS = '.results.json';

/** A study that was made, with its figure and its table. */
export interface SiteStudy {
  readonly name: string;
  readonly figure: PlotlyFigure;
  readonly table: ReportTable;
}

/** The studies of the project that have results. */
export function siteStudies(): SiteStudy[] {
  const folder = join(projectRoot(), 'studies');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).flatMap((file) =>
    file.endsWith(RESULTS) ? [file.slice(0, -RESULTS.length)] : [],
  );
  return names.sort().map((name) => {
    const results = publishedStudy(name);
    return { name, figure: plotStudy(results), table: tableStudy(results) as ReportTable };
  });
}

/** What each change of a recipe was worth, measured on validation parts. */
export function studiesPage(studies: readonly SiteStudy[]): Page {
  return {
    file: 'studies.html',
    title: 'Studies',
    body: html`<p>A study trains several runs that differ in one thing each, and compares them on the validation part, by which the recipes of the published models were chosen. The test part is not looked at.</p>
${studies.map(section)}`,
    scripts: ['assets/figures.js'],
  };
}

function section({ name, figure, table }: SiteStudy): Html {
  const folder = `report/${name}`;
  const results = `${folder}/${name}${RESULTS}`;
  const chain = (files: readonly NamedFile[]) =>
    chainOf([
      ['Files', fileLinks(files)],
      ['Results', html`<a href="${results}">${name}${RESULTS}</a>`],
      [
        'Definition',
        html`<a href="${folder}/${name}.json">${name}.json</a>, ${projectStudy(name).variants.length} variants`,
      ],
      ['Command', html`<code>npx ferlab study studies/${name}.json</code>`],
    ]);
  return html`${figureExhibit(name, figure, { folder, chain })}${tableExhibit(`${name}-table`, table, { folder, chain })}`;
}

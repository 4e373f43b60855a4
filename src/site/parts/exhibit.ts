import type { PlotlyFigure } from '../../report/figure';
import { tableOfFigure } from '../../report/figures/numbers';
import { FIGURE_ENDINGS } from '../../report/files';
import { TABLE_FORMATS } from '../../report/formats/list';
import type { ReportTable } from '../../report/table';
import { dataElement, type Html, html } from './html';
import { framedImage } from './picture';
import { siteTable } from './table';

/** What the exhibits of a folder share. */
export interface Collection {
  /** Folder of their files, relative to the site. */
  readonly folder: string;
  /** Tells where the numbers of some files come from. */
  readonly chain: (files: readonly NamedFile[]) => Html;
}

/** A file with its address. */
export type NamedFile = readonly [name: string, href: string];

/** Name of the file with the numbers of a figure, without its ending. */
export const numbersName = (figure: string) => `${figure}-numbers`;

/** What the endings of files are called. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  svg: 'SVG',
  png: 'PNG',
  'plotly.json': 'Plotly',
  md: 'Markdown',
  tex: 'LaTeX',
  csv: 'CSV',
  json: 'JSON',
};

/** The files of a figure, the forms of its numbers among them. */
const figureFiles = (name: string): [string, string][] => [
  ...FIGURE_ENDINGS.map((ending): [string, string] => [FORMAT_NAMES[ending]!, `${name}.${ending}`]),
  ...tableFiles(numbersName(name)),
];

const tableFiles = (name: string): [string, string][] =>
  Object.keys(TABLE_FORMATS).map((ending) => [FORMAT_NAMES[ending]!, `${name}.${ending}`]);

/** A figure as a picture that becomes interactive, with its numbers, its files and its origin. */
export function figureExhibit(name: string, figure: PlotlyFigure, collection: Collection): Html {
  const { layout, data } = figure;
  const title = layout.title!.text.replaceAll('<br>', ' ');
  const id = idOf(name, collection);
  const image = framedImage({
    address: `${collection.folder}/${name}.svg`,
    alt: `${title}; its numbers follow as a table`,
    id: `plot-${id}`,
    size: { width: layout.width ?? 760, height: layout.height ?? 440 },
  });
  return html`<section class="exhibit" id="${id}"><h2>${title}</h2>
<figure>${image}</figure>
<p class="actions"><button type="button" data-figure="${id}">Make interactive</button> ${downloads(figureFiles(name), collection)}</p>
${dataElement(`figure-${id}`, { data, layout })}
<details><summary>The numbers of this figure</summary>${siteTable(tableOfFigure(figure), { isTitled: false })}</details>
${chain(figureFiles(name), collection)}</section>`;
}

/** A table with its files and its origin. @param about what stands between title and table */
export function tableExhibit(
  name: string,
  table: ReportTable,
  { about, ...collection }: Collection & { readonly about?: Html | false },
): Html {
  return html`<section class="exhibit" id="${idOf(name, collection)}"><h2>${table.title}</h2>${about}
${siteTable(table, { isTitled: false })}
<p class="actions">${downloads(tableFiles(name), collection)}</p>
${chain(tableFiles(name), collection)}</section>`;
}

/** Names are unique within a folder alone. */
const idOf = (name: string, { folder }: Collection) => `${folder.replace(/^.*\//, '')}-${name}`;

const downloads = (files: readonly [string, string][], { folder }: Collection) =>
  html`<span class="downloads">${files.map(([label, file]) => html`<a href="${folder}/${file}" download>${label}</a> `)}</span>`;

const chain = (files: readonly [string, string][], { folder, chain: of }: Collection) =>
  of(files.map(([label, file]) => [label, `${folder}/${file}`] as const));

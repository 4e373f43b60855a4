import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinText, type Notebook, readNotebook } from '../../notebook/notebook-file';
import { projectRoot } from '../../paths';
import type { Page } from '../page';
import { html } from '../parts/html';
import type { LinkResolver, RenderMarkdown } from '../parts/markdown';
import { notebookCells } from '../parts/notebook-cells';

const FOLDER = 'notebooks';

/** The names of the project's notebooks, in reading order. */
export function notebookNames(project = projectRoot()): string[] {
  const folder = join(project, FOLDER);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.ipynb'));
  return files.map((file) => file.slice(0, -'.ipynb'.length)).sort();
}

/** The executed notebooks, each on a page, and a page that lists them; their files and pictures go into the site. */
export function notebookPages(
  site: string,
  { render, resolve }: { render: RenderMarkdown; resolve: LinkResolver },
): Page[] {
  mkdirSync(join(site, FOLDER));
  const notebooks = notebookNames().map((name) => {
    const file = `${name}.ipynb`;
    copyFileSync(join(projectRoot(), FOLDER, file), join(site, FOLDER, file));
    return { name, notebook: readNotebook(join(projectRoot(), FOLDER, file)) };
  });
  if (notebooks.length === 0) return [];
  const savePicture = (name: string, bytes: Buffer) => {
    writeFileSync(join(site, FOLDER, name), bytes);
    return `${FOLDER}/${name}`;
  };
  return [
    listPage(notebooks),
    ...notebooks.map(({ name, notebook }) => ({
      file: `notebook-${name}.html`,
      title: titleOf(notebook) ?? name,
      body: html`<p class="actions"><a href="${FOLDER}/${name}.ipynb" download>Download the notebook</a> <a href="notebooks.html">All notebooks</a></p>
${notebookCells(withoutTitle(notebook), { id: name, render, resolve, savePicture })}`,
      scripts: ['assets/figures.js'],
    })),
  ];
}

function listPage(notebooks: readonly { name: string; notebook: Notebook }[]): Page {
  const items = notebooks.map(({ name, notebook }) => {
    const goal = joinText(notebook.cells[0]?.source).split('\n\n')[1];
    return html`<li><a href="notebook-${name}.html">${titleOf(notebook) ?? name}</a><p>${goal?.replaceAll(/[`*[\]]|\(.*?\)/g, '').slice(0, 240)}</p></li>`;
  });
  return {
    file: 'notebooks.html',
    title: 'Notebooks',
    body: html`<p>The executable paper, as it was executed: code, outputs and figures. <code>npm run lab</code> opens them, <code>npm start</code> executes them again.</p><ul class="cards">${items}</ul>`,
  };
}

/** The first heading of the first cell. */
function titleOf({ cells }: Notebook): string | undefined {
  return /^#\s+(.+)$/m.exec(joinText(cells[0]?.source))?.[1]?.replaceAll(/[`*]/g, '');
}

/** The page has the title already. */
function withoutTitle({ cells }: Notebook): Notebook['cells'] {
  const [first, ...rest] = cells;
  if (!first) return cells;
  return [{ ...first, source: joinText(first.source).replace(/^#\s+.+$/m, '') }, ...rest];
}

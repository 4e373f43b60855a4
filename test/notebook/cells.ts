import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { joinText, type Notebook, type NotebookCell, readNotebook } from '../../src/notebook/notebook-file';
import { projectRoot } from '../../src/paths';

export const NOTEBOOK_FOLDER = join(projectRoot(), 'notebooks');

/** The notebooks of the paper, which are numbered, by file name; other tests put theirs beside them for a while. */
export function committedNotebooks(): [string, Notebook][] {
  const names = readdirSync(NOTEBOOK_FOLDER).filter((name) => /^\d\d-.*\.ipynb$/.test(name));
  return names.sort().map((name) => [name, readNotebook(join(NOTEBOOK_FOLDER, name))]);
}

export const codeCells = (notebook: Notebook) => notebook.cells.filter((cell) => cell.cell_type === 'code');
export const sourceOf = (cell: NotebookCell) => joinText(cell.source);

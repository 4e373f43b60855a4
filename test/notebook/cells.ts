import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { joinText, type Notebook, type NotebookCell, readNotebook } from '../../src/notebook/notebook-file';
import { projectRoot } from '../../src/paths';

export const NOTEBOOK_FOLDER = join(projectRoot(), 'notebooks');

/** The committed notebooks by file name. */
export function committedNotebooks(): [string, Notebook][] {
  const names = readdirSync(NOTEBOOK_FOLDER).filter((name) => name.endsWith('.ipynb'));
  return names.sort().map((name) => [name, readNotebook(join(NOTEBOOK_FOLDER, name))]);
}

export const codeCells = (notebook: Notebook) => notebook.cells.filter((cell) => cell.cell_type === 'code');
export const sourceOf = (cell: NotebookCell) => joinText(cell.source);

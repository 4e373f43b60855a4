import { readFileSync } from 'node:fs';
import { FerlabError } from '../errors';
import { writeWhole } from '../write-whole';

export interface NotebookOutput {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Record<string, unknown>;
  readonly metadata?: Record<string, unknown>;
  readonly ename?: string;
  readonly evalue?: string;
}

export interface NotebookCell {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown' | 'raw';
  readonly source: string | string[];
  readonly metadata: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  readonly outputs?: readonly NotebookOutput[];
  readonly execution_count?: number | null;
}

/** A notebook in nbformat 4.5. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Record<string, unknown>;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/** What a cell can be told from outside: numbers, text, truth values. */
export type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** The source or text of a cell or output, which nbformat keeps as one string or as lines. */
export function joinText(text: string | readonly string[] | undefined): string {
  return typeof text === 'string' ? text : (text ?? []).join('');
}

/** @throws FerlabError if there is no such file, or it is no notebook in nbformat 4. */
export function readNotebook(path: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new FerlabError(`cannot read the notebook ${path}: ${(cause as Error).message}`, { cause });
  }
  if (notebook.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new FerlabError(`${path} is not a notebook in nbformat 4`);
  }
  return notebook;
}

/** Writes a notebook as Jupyter does (one blank of indentation), beside and then renamed. */
export function writeNotebook(path: string, notebook: Notebook): void {
  writeWhole(path, `${JSON.stringify(notebook, null, 1)}\n`);
}

const hasTag = (cell: NotebookCell, tag: string) => cell.metadata.tags?.includes(tag) ?? false;

/**
 * The notebook with a cell after the one tagged `parameters` that declares the given values again; a value
 * that is undefined is left to the notebook. An earlier injected cell is replaced.
 */
export function injectParameters(notebook: Notebook, parameters: Parameters): Notebook {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const cells = notebook.cells.filter((cell) => !hasTag(cell, 'injected-parameters'));
  const at = cells.findIndex((cell) => hasTag(cell, 'parameters'));
  if (at < 0 || given.length === 0) return { ...notebook, cells };
  const source = given.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`).join('\n');
  const injected: NotebookCell = {
    id: 'injected-parameters',
    cell_type: 'code',
    source,
    metadata: { tags: ['injected-parameters'] },
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, at + 1), injected, ...cells.slice(at + 1)] };
}

/** The notebook without outputs and execution counts, so that a run cannot pass off an older one's. */
export function clearOutputs(notebook: Notebook): Notebook {
  const clear = (cell: NotebookCell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell;
  return { ...notebook, cells: notebook.cells.map(clear) };
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { FerlabError } from '../../errors';
import { joinText, type Notebook, readNotebook } from '../notebook-file';

/** The notebook, marked with the text of its cells, so that it can be told later whether somebody edited it. */
export function markAsHandedOut(notebook: Notebook): Notebook {
  return { ...notebook, metadata: { ...notebook.metadata, ferlab: { handedOut: textMark(notebook) } } };
}

/**
 * Whether the file holds somebody's work: cells that are not as they were handed out, or what is no notebook. Running
 * cells and adding empty ones, as JupyterLab does by itself, is no work.
 */
export function holdsWork(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const notebook = readNotebook(path);
    return textMark(notebook) !== (notebook.metadata.ferlab as { handedOut?: string } | undefined)?.handedOut;
  } catch (error) {
    if (error instanceof FerlabError) return true;
    throw error;
  }
}

function textMark({ cells }: Notebook): string {
  const texts = cells.map(({ source }) => joinText(source).trim()).filter((text) => text !== '');
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

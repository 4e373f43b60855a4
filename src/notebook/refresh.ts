import { join, resolve } from 'node:path';
import { projectRoot } from '../paths';
import {
  joinText,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  readNotebook,
  writeNotebook,
} from './notebook-file';

const isInjected = (cell: NotebookCell) => cell.metadata.tags?.includes('injected-parameters') ?? false;

/** Whether an output holds pixels: a raster picture, or one within SVG, HTML or Markdown. */
function hasPixels(output: NotebookOutput): boolean {
  return Object.entries(output.data ?? {}).some(
    ([type, value]) =>
      (type.startsWith('image/') && type !== 'image/svg+xml') ||
      /<(img|image|object|embed|iframe|canvas)\b|data:image|!\[[^\]]*\]\(/i.test(JSON.stringify(value)),
  );
}

/**
 * Whether an output may show images of real people, which the project never stores: every picture that doesn't say that it
 * shows nobody.
 */
export function mayShowPeople(output: NotebookOutput): boolean {
  const { people } = (output.metadata?.ferlab ?? {}) as { people?: unknown };
  const isText = Object.keys(output.data ?? {}).every((type) => type === 'text/plain');
  return !isText && people !== false && (people === true || hasPixels(output));
}

/** The output as text alone, with a word on where the picture went. */
function withoutPicture(output: NotebookOutput): NotebookOutput {
  const text = joinText(output.data?.['text/plain'] as string | string[] | undefined);
  const note = `${text}\n(images of people are not stored in the notebook: run it on your copy of the data to see them)`;
  return { ...output, data: { 'text/plain': note } };
}

/** The output with its picture once: GitHub shows the one of pixels, and nbconvert adds the alternative text. */
function withOnePicture(output: NotebookOutput): NotebookOutput {
  const { 'text/html': _again, ...data } = output.data ?? {};
  return 'image/jpeg' in data ? { ...output, data } : output;
}

/**
 * The form in which an executed notebook is committed: as it is written by hand, with the outputs of the run, but
 * without the injected parameters, without images of people, and with each picture once.
 */
export function publishable(executed: Notebook): Notebook {
  let count = 0;
  const cells = executed.cells
    .filter((cell) => !isInjected(cell))
    .map((cell) => {
      if (cell.cell_type !== 'code') return cell;
      const { execution: _times, ...metadata } = cell.metadata;
      const outputs = cell.outputs?.map((output) =>
        mayShowPeople(output) ? withoutPicture(output) : withOnePicture(output),
      );
      return { ...cell, metadata, outputs, execution_count: ++count };
    });
  return { ...executed, cells };
}

/** Puts the outputs of executed notebooks into the committed ones of the same names. */
export function refreshNotebooks(
  executedFolder: string,
  names: readonly string[],
  notebookFolder: string = resolve(projectRoot(), 'notebooks'),
): void {
  for (const name of names) {
    const executed = readNotebook(join(executedFolder, `${name}.ipynb`));
    writeNotebook(join(notebookFolder, `${name}.ipynb`), publishable(executed));
  }
}

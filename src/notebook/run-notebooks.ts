import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { writeWhole } from '../write-whole';
import { type ExecutionEvent, executeNotebook } from './execution';
import {
  clearOutputs,
  injectParameters,
  type Parameters,
  readNotebook,
  writeNotebook,
} from './notebook-file';
import { findPython } from './python';

export interface NotebookRun {
  readonly name: string;
  /** The executed notebook, relative to the project. */
  readonly path: string;
  readonly seconds: number;
  readonly status: 'passed' | 'failed';
  readonly error?: string;
}

/** One notebook among those of a run, numbered from 1. */
export interface NotebookPosition {
  readonly name: string;
  readonly number: number;
  readonly count: number;
}

export interface RunNotebooksOptions {
  /** Values for the cells tagged `parameters`. */
  readonly parameters: Parameters;
  /** Folder for the executed notebooks; the ones it reads are never touched. */
  readonly outputFolder: string;
  /** Notebooks to run, by number or name; all unless given. */
  readonly only?: readonly string[];
  /** Folder with the notebooks; the project's unless given. */
  readonly notebookFolder?: string;
  readonly cellTimeoutSeconds?: number;
  readonly signal?: AbortSignal;
  readonly onNotebook?: (position: NotebookPosition) => void;
  readonly onEvent?: (event: ExecutionEvent, position: NotebookPosition) => void;
}

/** The executable paper, in reading order. */
export const NOTEBOOKS: readonly string[] = [
  '01-load-fer2013',
  '02-preprocess-and-augment',
  '03-train-cnn',
  '04-tables-and-figures',
  '05-audit-the-paper',
  '06-what-each-change-is-worth',
  '07-from-photo-to-emotion',
  '08-mistakes-of-protocol',
];

/**
 * The names of the notebooks that `only` asks for, in reading order.
 * @throws FerlabError for one that does not exist
 */
export function selectNotebooks(folder: string, only: readonly string[] | undefined): string[] {
  if (!only?.length) return [...NOTEBOOKS];
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.ipynb'))
    .map((file) => basename(file, '.ipynb'))
    .sort();
  const chosen = new Set(only.map((word) => findNotebook(names, word)));
  return names.filter((name) => chosen.has(name));
}

function findNotebook(names: readonly string[], word: string): string {
  const wanted = basename(word, '.ipynb');
  const name = names.find(
    (candidate) => candidate === wanted || candidate.startsWith(`${wanted.padStart(2, '0')}-`),
  );
  if (!name) throw new FerlabError(`no notebook ${word}`, { remedy: `choose among ${names.join(', ')}` });
  return name;
}

/**
 * Executes notebooks one after the other and stops at the first that fails.
 * @returns what ran, the failing one last; `summary.json` in the output folder says the same
 * @throws the error of the failing notebook, after the summary was written
 */
export async function runNotebooks(options: RunNotebooksOptions): Promise<NotebookRun[]> {
  const folder = options.notebookFolder ?? resolve(projectRoot(), 'notebooks');
  const names = selectNotebooks(folder, options.only);
  const python = findPython();
  mkdirSync(options.outputFolder, { recursive: true });
  const runs: NotebookRun[] = [];
  for (const [index, name] of names.entries()) {
    const position = { name, number: index + 1, count: names.length };
    options.onNotebook?.(position);
    const started = performance.now();
    const path = join(options.outputFolder, `${name}.ipynb`);
    const record = (status: NotebookRun['status'], error?: string) => {
      const seconds = (performance.now() - started) / 1000;
      runs.push({ name, path: relative(projectRoot(), path), seconds, status, ...(error ? { error } : {}) });
      saveSummary(options, runs);
    };
    try {
      await runOne(join(folder, `${name}.ipynb`), path, position, { ...options, python, folder });
      record('passed');
    } catch (error) {
      record('failed', String((error as Error).message));
      throw error;
    }
  }
  return runs;
}

async function runOne(
  source: string,
  path: string,
  position: NotebookPosition,
  options: RunNotebooksOptions & { python: string; folder: string },
): Promise<void> {
  writeNotebook(path, injectParameters(clearOutputs(readNotebook(source)), options.parameters));
  await executeNotebook(path, {
    python: options.python,
    // Imports resolve from the notebooks' own folder, wherever the executed copy lies.
    workingFolder: options.folder,
    cellTimeoutSeconds: options.cellTimeoutSeconds,
    signal: options.signal,
    onEvent: (event) => options.onEvent?.(event, position),
  });
}

function saveSummary(options: RunNotebooksOptions, runs: readonly NotebookRun[]): void {
  const summary = { parameters: options.parameters, notebooks: runs };
  writeWhole(join(options.outputFolder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}

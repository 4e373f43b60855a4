import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  clearOutputs,
  injectParameters,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from '../../src/notebook/notebook-file';
import { mayShowPeople, publishable } from '../../src/notebook/refresh';
import { runNotebooks, selectNotebooks } from '../../src/notebook/run-notebooks';
import { NOTEBOOK_FOLDER } from './cells';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-notebook-'));
after(() => rmSync(folder, { recursive: true }));

const cell = (id: string, more: Partial<NotebookCell> = {}): NotebookCell => ({
  id,
  cell_type: 'code',
  source: `'${id}'`,
  metadata: {},
  outputs: [],
  execution_count: null,
  ...more,
});
const notebook = (...cells: NotebookCell[]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const parameters = cell('parameters', { metadata: { tags: ['parameters'] } });

test('parameters are declared again right after their cell, and only those that are given', () => {
  const injected = injectParameters(notebook(cell('a'), parameters, cell('b')), {
    profile: 'paper',
    seed: 0,
    data: undefined,
    resume: false,
  });
  assert.deepEqual(
    injected.cells.map(({ id }) => id),
    ['a', 'parameters', 'injected-parameters', 'b'],
  );
  assert.equal(injected.cells[2]!.source, 'const profile = "paper";\nconst seed = 0;\nconst resume = false;');
});

test('injecting again replaces what was injected, and without a parameters cell nothing is added', () => {
  const once = injectParameters(notebook(parameters), { seed: 1 });
  assert.deepEqual(
    injectParameters(once, { seed: 2 }).cells.map(({ source }) => source),
    ["'parameters'", 'const seed = 2;'],
  );
  assert.equal(injectParameters(notebook(cell('a')), { seed: 1 }).cells.length, 1);
});

test('text with quotes and line ends stays text', () => {
  const data = 'a"b\n$' + '{c}';
  const injected = injectParameters(notebook(parameters), { data });
  const value = String(injected.cells[1]!.source).match(/^const data = (.*);$/s)![1]!;
  assert.equal(JSON.parse(value), data);
});

test('cleared notebooks hold neither outputs nor counts', () => {
  const output = { output_type: 'stream', name: 'stdout', text: 'old' } as const;
  const [cleared] = clearOutputs(notebook(cell('a', { outputs: [output], execution_count: 7 }))).cells;
  assert.deepEqual([cleared!.outputs, cleared!.execution_count], [[], null]);
});

test('a notebook survives writing and reading; other files are refused by name', () => {
  const path = join(folder, 'one.ipynb');
  writeNotebook(path, notebook(cell('a')));
  assert.deepEqual(readNotebook(path), notebook(cell('a')));
  assert.match(readFileSync(path, 'utf8'), /^\{\n "cells"/);
  writeFileSync(path, '{"nbformat": 3}');
  assert.throws(() => readNotebook(path), /one\.ipynb is not a notebook in nbformat 4/);
  writeFileSync(path, '{"cells": [');
  assert.throws(() => readNotebook(path), /cannot read the notebook .*one\.ipynb/);
  assert.throws(() => readNotebook(join(folder, 'none.ipynb')), /cannot read .*none\.ipynb/);
});

test('what is committed has no injected cell, no times and no pictures of people', () => {
  const picture = (people: boolean) => ({
    output_type: 'display_data' as const,
    data: {
      'text/html': '<img src="data:image/jpeg;base64,abc">',
      'image/jpeg': 'abc',
      'text/plain': 'Faces',
    },
    metadata: { ferlab: { people } },
  });
  const executed = injectParameters(
    notebook(
      parameters,
      cell('a', { outputs: [picture(true), picture(false)], metadata: { execution: {} } }),
    ),
    { seed: 1 },
  );
  const { cells } = publishable(executed);
  assert.deepEqual(
    cells.map(({ id, execution_count }) => [id, execution_count]),
    [
      ['parameters', 1],
      ['a', 2],
    ],
  );
  assert.deepEqual(cells[1]!.metadata, {});
  assert.deepEqual(Object.keys(cells[1]!.outputs![0]!.data!), ['text/plain']);
  assert.match(String(cells[1]!.outputs![0]!.data!['text/plain']), /Faces\n.*not stored/);
  assert.deepEqual(cells[1]!.outputs![1]!.data, { 'image/jpeg': 'abc', 'text/plain': 'Faces' });
});

test('a picture that does not say that it shows nobody is not stored, in whatever form it comes', () => {
  const outputs = [
    { data: { 'image/png': 'abc' } },
    { data: { 'image/webp': 'abc' }, metadata: { ferlab: {} } },
    { data: { 'image/jpeg': 'abc' }, metadata: { ferlab: { people: 'no' } } },
    { data: { 'text/html': ['<p>', '<img src="x">'] } },
    { data: { 'text/markdown': '![face](face.png)' } },
    { data: { 'image/svg+xml': '<svg><image href="data:image/png;base64,abc"/></svg>' } },
    { data: { 'text/html': '<b>Happy</b>' }, metadata: { ferlab: { people: true } } },
  ].map((output) => ({ output_type: 'display_data' as const, ...output }));
  for (const output of outputs) assert.ok(mayShowPeople(output), JSON.stringify(output));
  const { cells } = publishable(notebook(cell('a', { outputs })));
  for (const { data } of cells[0]!.outputs!) assert.deepEqual(Object.keys(data!), ['text/plain']);
  const harmless = [
    { data: { 'image/png': 'abc' }, metadata: { ferlab: { people: false } } },
    { data: { 'image/svg+xml': '<svg><path d="M0 0"/></svg>' } },
    { data: { 'text/html': '<table></table>' } },
  ].map((output) => ({ output_type: 'display_data' as const, ...output }));
  for (const output of harmless) assert.equal(mayShowPeople(output), false, JSON.stringify(output));
});

test('notebooks are chosen by number or name, in reading order', () => {
  assert.deepEqual(selectNotebooks(NOTEBOOK_FOLDER, ['04', '1']), [
    '01-load-fer2013',
    '04-tables-and-figures',
  ]);
  assert.deepEqual(selectNotebooks(NOTEBOOK_FOLDER, ['notebooks/03-train-cnn.ipynb']), ['03-train-cnn']);
  assert.throws(() => selectNotebooks(NOTEBOOK_FOLDER, ['12']), /no notebook 12/);
});

test('a notebook that fails ends the run, and the summary says so', async () => {
  for (const name of ['01-broken', '02-never']) writeFileSync(join(folder, `${name}.ipynb`), '{');
  const outputFolder = join(folder, 'executed');
  const begun: string[] = [];
  const options = {
    parameters: { profile: 'smoke' },
    outputFolder,
    only: ['1', '2'],
    notebookFolder: folder,
  };
  await assert.rejects(
    runNotebooks({ ...options, onNotebook: ({ name }) => begun.push(name) }),
    /cannot read the notebook .*01-broken/,
  );
  assert.deepEqual(begun, ['01-broken']);
  const { notebooks } = JSON.parse(readFileSync(join(outputFolder, 'summary.json'), 'utf8'));
  assert.deepEqual(
    notebooks.map(({ name, status }: { name: string; status: string }) => [name, status]),
    [['01-broken', 'failed']],
  );
});

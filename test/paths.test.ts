import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { findVotes } from '../src/dataset/ferplus';
import { dataVariables, PAPER_DATASET } from '../src/dataset/specs';
import { fixPathVariables, PATH_VARIABLES, projectRoot } from '../src/paths';

/** Variables of the project that hold something else. */
const NO_PATHS = new Set(['FERLAB_CLASSES', 'FERLAB_DEVICE', 'KAGGLE_USERNAME', 'KAGGLE_KEY']);

test('relative paths in the environment become absolute, the rest stays as it is', () => {
  const environment: NodeJS.ProcessEnv = {
    FER2013: '../shared/fer2013.csv',
    FERLAB_RUNS: '/somewhere/runs',
    FERLAB_MODELS: '',
    HOME: '../home',
  };
  fixPathVariables(dataVariables(), environment);
  assert.deepEqual(environment, {
    FER2013: resolve('../shared/fer2013.csv'),
    FERLAB_RUNS: '/somewhere/runs',
    FERLAB_MODELS: '',
    HOME: '../home',
  });
});

test('every variable of the project that the code reads as a path is made absolute', () => {
  const isPath = (name: string) => PATH_VARIABLES.includes(name) || NO_PATHS.has(name);
  const sources = readdirSync(join(projectRoot(), 'src'), { recursive: true, encoding: 'utf8' });
  const read = sources
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(projectRoot(), 'src', name), 'utf8').matchAll(
        /\b(?:env\.|environment\.)((?:FER|KAGGLE)[A-Z0-9_]*)/g,
      ),
    ])
    .map(([, name]) => name!);
  assert.ok(read.includes('FERPLUS') && read.includes('FERLAB_RUNS'));
  assert.deepEqual(
    [...new Set(read)].filter((name) => !isPath(name)),
    [],
  );
});

test('FER+ given by a relative path is found from the folder of the notebooks', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-test-'));
  const [before, cwd] = [process.env.FERPLUS, process.cwd()];
  t.after(() => {
    process.chdir(cwd);
    if (before === undefined) delete process.env.FERPLUS;
    else process.env.FERPLUS = before;
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'votes.csv'), '');
  process.chdir(folder);
  process.env.FERPLUS = 'votes.csv';
  fixPathVariables(dataVariables());
  process.chdir(join(projectRoot(), 'notebooks'));
  assert.equal(
    findVotes({ spec: PAPER_DATASET, source: { path: '', format: '', sha256: '' } }),
    join(folder, 'votes.csv'),
  );
});

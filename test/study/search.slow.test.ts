import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPython } from '../../src/notebook/python';
import { projectRoot } from '../../src/paths';
import { ferlabWith } from '../cli/ferlab';
import { temporaryFolder } from '../temporary';

/** The project's search, with trainings of seconds. */
function writeStudy(folder: string): string {
  const study = JSON.parse(readFileSync(join(projectRoot(), 'studies/sample-search.json'), 'utf8'));
  const file = join(folder, 'search.json');
  writeFileSync(file, JSON.stringify({ ...study, set: { epochs: 1, model: 'light-cnn' } }));
  return file;
}

test('Optuna asks for settings, is told their accuracy, and goes on where it was', (t) => {
  const folder = temporaryFolder(t);
  const study = writeStudy(folder);
  const settings = { FERLAB_RUNS: join(folder, 'runs'), FER2013: '' };
  const search = (trials: number) => {
    const words = ['studies/optuna-search.py', study, '--trials', String(trials), '--sample'];
    const options = { cwd: projectRoot(), env: { ...process.env, ...settings }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(findPython(), words, options);
    assert.equal(status, 0, stderr);
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const [first, , best] = search(2);
  assert.equal(first.accuracy, first.runs[0].accuracy);
  const more = search(3);
  assert.equal(more.length, 2, 'one more trial, and the best');
  const { status, stdout } = ferlabWith(settings, 'study', study, '--show', '--json');
  assert.equal(status, 0);
  const { variants } = JSON.parse(stdout) as {
    variants: { config: { learningRate: number }; accuracy: number }[];
  };
  assert.equal(variants.length, 3);
  const highest = Math.max(...variants.map(({ accuracy }) => accuracy));
  assert.equal(more[1].accuracy, highest);
  assert.ok(best.accuracy <= highest);
  assert.ok(
    variants.some(
      ({ config, accuracy }) => config.learningRate === more[1].best.learningRate && accuracy === highest,
    ),
  );
  assert.equal(new Set(variants.map(({ config }) => config.learningRate)).size, 3);
});

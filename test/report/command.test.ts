import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../temporary';
import { writeFakeRun } from './fake-run';

const ROOT = join(__dirname, '../..');

/** Runs `ferlab report` as the shell does. */
function report(...words: string[]) {
  const main = join(ROOT, 'src/cli/main.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', main, 'report', ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

test('two runs become one report, told as JSON', () => {
  const parent = temporaryFolder();
  const runs = [1, 2].map((seed) => writeFakeRun(parent, { seed, epochs: 2 }));
  const out = join(parent, 'figures');
  const { status, stdout, stderr } = report(...runs, '--out', out, '--json');
  assert.equal(status, 0, stderr);
  const told = JSON.parse(stdout) as { runs: string[]; folder: string; files: string[] };
  assert.deepEqual([told.runs, told.folder], [runs, out]);
  assert.ok(told.files.includes('table-1-accuracy-seeds.tex'));
  assert.ok(told.files.every((name) => existsSync(join(out, name))));
});

test('a folder without a run ends with status 2, the problem and the remedy', () => {
  const folder = temporaryFolder();
  const { status, stderr } = report(folder, '--out', join(folder, 'figures'));
  assert.equal(status, 2);
  assert.match(stderr, /error: .*no run in this folder/);
  assert.match(stderr, /remedy: /);
  assert.ok(!existsSync(join(folder, 'figures')));
});

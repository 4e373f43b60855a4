import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { NotebookOutcome } from '../../src/notebook/outcome';
import { projectRoot } from '../../src/paths';

/** Executes some notebooks with the smoke profile as `npm start` does, with everything that it writes in `folder`. */
export function runSmoke(
  folder: string,
  names: readonly string[],
): { out: string; outcome?: NotebookOutcome } {
  const out = join(folder, 'notebooks');
  const main = join(projectRoot(), 'dist/cli/main.js');
  const words = names.flatMap((name) => ['--notebook', name]);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [main, 'run-notebooks', '--profile', 'smoke', '--out', out, '--json', ...words],
    {
      env: { ...process.env, FERLAB_RUNS: join(folder, 'runs'), FERLAB_FIGURES: join(folder, 'figures') },
      encoding: 'utf8',
      maxBuffer: 1e8,
    },
  );
  assert.equal(status, 0, stderr);
  assert.ok(stderr.includes(`notebook ${names.length}/${names.length} ${names.at(-1)}`), stderr);
  const { notebooks, profile, outcome } = JSON.parse(stdout);
  assert.equal(profile, 'smoke');
  assert.deepEqual(
    notebooks.map((run: Record<string, string>) => [run.name, run.status]),
    names.map((name) => [name, 'passed']),
  );
  return { out, outcome };
}

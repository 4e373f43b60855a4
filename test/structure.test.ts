import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { projectRoot } from '../src/paths';

const CRUISER = join(projectRoot(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const CONFIG = '.dependency-cruiser.mjs';
const FOLDERS = ['src', 'packages', 'bench', 'setup', 'kernel'].filter((name) =>
  existsSync(join(projectRoot(), name)),
);

/** What the rules say about some folders. */
function cruise(cwd: string, ...folders: string[]): { status: number | null; output: string } {
  const words = [CRUISER, '--config', CONFIG, '--output-type', 'err', ...folders];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** A project of some files, each with the files that it imports. */
function project(t: TestContext, files: Record<string, string[]>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-structure-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const name of [CONFIG, 'tsconfig.json']) cpSync(join(projectRoot(), name), join(folder, name));
  for (const [name, imported] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const lines = imported.map((from, i) => `import type { A as A${i} } from '${from}';`);
    writeFileSync(path, [...lines, 'export interface A {}', ''].join('\n'));
  }
  return folder;
}

test('no circle between files, and each room imports from below alone', () => {
  const { status, output } = cruise(projectRoot(), ...FOLDERS);
  assert.equal(status, 0, output);
});

test('each kind of wrong import is told, of types too', (t) => {
  const folder = project(t, {
    'src/engine/network.ts': ['../train/loop'],
    'src/train/loop.ts': ['../report/table'],
    'src/report/table.ts': ['./row'],
    'src/report/row.ts': ['./table'],
    'src/errors.ts': ['./random'],
    'src/random.ts': ['./cli/main'],
    'src/cli/main.ts': [],
    'src/attic/box.ts': ['../errors'],
    'packages/audit/audit.ts': ['../../src/errors'],
  });
  const { status, output } = cruise(folder, 'src', 'packages');
  assert.notEqual(status, 0);
  for (const expected of [
    'engine-imports-from-above: src/engine/network.ts',
    'train-report-keep-apart: src/train/loop.ts',
    'no-circle: src/report/',
    'ground-imports-from-above: src/random.ts',
    'every-file-has-a-storey: src/attic/box.ts',
    'audit-stands-alone: packages/audit/audit.ts',
  ])
    assert.ok(output.includes(expected), `${expected} is missing in ${output}`);
  assert.match(output, /6 dependency violations/);
});

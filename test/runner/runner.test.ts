import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { projectRoot } from '../../src/paths';
import { temporaryFolder } from '../temporary';
import { selectTests } from './select.mjs';

const PASSES = "import { test } from 'node:test';\ntest('passes', () => {});\n";
const FAILS = "import { test } from 'node:test';\ntest('fails', () => { throw new Error('on purpose'); });\n";

/** A folder with these test files, by path below `test/`. */
function project(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, 'test', name)), { recursive: true });
    writeFileSync(join(root, 'test', name), text);
  }
  symlinkSync(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Runs the tests of such a folder, as `test/run.mjs` does those of the project. */
function runTests(root: string, ...words: string[]) {
  const main = join(projectRoot(), 'test/runner/main.mjs');
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
}

test('a selection takes files by their kind and by a part of their path, slow ones first', (t) => {
  const root = project(t, {
    'b/y.test.ts': '',
    'a/x.slow.test.ts': '',
    'a/x.long.test.ts': '',
    'a/x.ts': '',
  });
  const files = (selection: string, part?: string) => selectTests(root, selection, part).sideBySide;
  assert.deepEqual(files('unit'), ['test/b/y.test.ts']);
  assert.deepEqual(files('ci'), ['test/a/x.slow.test.ts', 'test/b/y.test.ts']);
  assert.deepEqual(files('all'), ['test/a/x.long.test.ts', 'test/a/x.slow.test.ts', 'test/b/y.test.ts']);
  assert.deepEqual(files('all', 'test/b'), ['test/b/y.test.ts']);
  assert.throws(() => files('unit', 'test/a'), /no tests unit test\/a/);
  assert.throws(() => files('quick'), /no selection quick/);
});

test('a file that says in its first line that it runs alone does', (t) => {
  const alone = `// Runs alone: it measures time.\n${PASSES}`;
  const root = project(t, { 'a.test.ts': alone, 'b.test.ts': PASSES, 'c.test.ts': `\n${alone}` });
  const { sideBySide, alone: lone } = selectTests(root, 'unit');
  assert.deepEqual([sideBySide, lone], [['test/b.test.ts', 'test/c.test.ts'], ['test/a.test.ts']]);
});

test('the last lines sum up what ran side by side and alone, and name the slowest files', (t) => {
  const root = project(t, { 'a.test.ts': `// Runs alone: it is a test.\n${PASSES}`, 'b.test.ts': PASSES });
  const { stdout, status } = runTests(root, 'unit');
  assert.equal(status, 0, stdout);
  assert.match(stdout, /tests 2\n(.*\n)*.*pass 2\n.*fail 0\n/);
  assert.match(stdout, /slow +[\d.]+ s {2}test\/[ab]\.test\.ts\n.*slow +[\d.]+ s {2}test\/[ab]\.test\.ts\n/);
});

for (const [where, files] of Object.entries({
  'side by side': { 'a.test.ts': FAILS, 'b.test.ts': `// Runs alone: it is a test.\n${PASSES}` },
  alone: { 'a.test.ts': PASSES, 'b.test.ts': `// Runs alone: it is a test.\n${FAILS}` },
  'before its first test': { 'a.test.ts': "throw new Error('on purpose');", 'b.test.ts': PASSES },
})) {
  test(`a failure ${where} is told, and ends the run with status 1`, (t) => {
    const { stdout, status } = runTests(project(t, files), 'unit');
    assert.equal(status, 1, stdout);
    assert.match(stdout, /pass 1\n.*fail 1\n/);
    assert.match(stdout, /on purpose/);
  });
}

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { hashOf } from '../../setup/files.mjs';
import { isUpToDate, runStep } from '../../setup/step.mjs';
import { addon } from '../../setup/steps/addon.mjs';
import { compile } from '../../setup/steps/compile.mjs';
import { nodePackages } from '../../setup/steps/node-packages.mjs';
import { pythonPackages } from '../../setup/steps/python-packages.mjs';
import { projectRoot } from '../../src/paths';

function write(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

function emptyProject(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'ferlab-inputs-'));
  t.after(() => rmSync(root, { recursive: true }));
  const shell = {
    run: async (program: string, words: string[], { cwd }: { cwd: string }) => {
      const { status, stdout } = spawnSync(program, words, { cwd, encoding: 'utf8' });
      assert.equal(status, 0, stdout);
    },
  };
  return {
    root,
    cache: join(root, '.cache'),
    prefix: join(root, '.venv'),
    device: 'cpu',
    environment: {},
    shell,
  };
}

/** A project of three small sources, with this project's own settings of the compiler. */
function smallProject(t: TestContext) {
  const project = emptyProject(t);
  symlinkSync(join(projectRoot(), 'node_modules'), join(project.root, 'node_modules'));
  for (const name of ['tsconfig.json', 'packages/audit/tsconfig.json']) {
    mkdirSync(dirname(join(project.root, name)), { recursive: true });
    cpSync(join(projectRoot(), name), join(project.root, name));
  }
  write(project.root, {
    'package-lock.json': '{}',
    'packages/audit/src/one.ts': 'export const one = 1;\n',
    'src/cli/main.ts': 'export const answer = 41;\n',
    'src/old.ts': 'export const old = true;\n',
  });
  return project;
}

test('the helper module is compiled anew after any source, setting or lock changes, and after a loss', async (t) => {
  const project = smallProject(t);
  const { root } = project;
  const output = join(root, 'dist/cli/main.js');
  assert.equal((await runStep(compile, project)).status, 'done');
  assert.match(readFileSync(output, 'utf8'), /41/);
  assert.equal((await runStep(compile, project)).status, 'kept');

  write(root, { 'src/cli/main.ts': 'export const answer = 42;\n' });
  rmSync(join(root, 'src/old.ts'));
  assert.equal((await runStep(compile, project)).status, 'done');
  assert.match(readFileSync(output, 'utf8'), /42/);
  assert.equal(existsSync(join(root, 'dist/old.js')), false, 'what no source stands behind is gone');

  rmSync(output);
  assert.equal((await runStep(compile, project)).status, 'done', 'an output is missing');
  assert.ok(existsSync(output));
  for (const name of [
    'tsconfig.json',
    'packages/audit/tsconfig.json',
    'package-lock.json',
    'packages/audit/src/one.ts',
  ]) {
    const before = readFileSync(join(root, name), 'utf8');
    assert.ok(isUpToDate(compile, project));
    appendFileSync(join(root, name), '\n');
    assert.equal(isUpToDate(compile, project), false, name);
    writeFileSync(join(root, name), before);
  }
});

test('node packages are those of the lock, in the versions of the lock', (t) => {
  const { root, ...project } = emptyProject(t);
  const locked = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };
  const installed = (version: string) => JSON.stringify({ packages: { 'node_modules/a': { version } } });
  write(root, {
    'package.json': '{"dependencies": {"a": "1.0.0"}}',
    'package-lock.json': JSON.stringify({ packages: locked }),
    'node_modules/a/package.json': '{}',
    'node_modules/.package-lock.json': installed('1.0.0'),
  });
  const isDone = () => nodePackages.isDone({ root, ...project });
  assert.equal(isDone(), true, 'an optional package may be missing');
  write(root, { 'node_modules/.package-lock.json': installed('1.0.1') });
  assert.equal(isDone(), false);
  write(root, { 'node_modules/.package-lock.json': installed('1.0.0') });
  rmSync(join(root, 'node_modules/a'), { recursive: true });
  assert.equal(isDone(), false);
  rmSync(join(root, 'node_modules/.package-lock.json'));
  assert.equal(isDone(), false);
  const inputs = () => hashOf(nodePackages.inputs({ root, ...project }));
  const before = inputs();
  write(root, { 'package.json': '{"dependencies": {"a": "1.0.1"}}' });
  assert.notEqual(inputs(), before);
});

test('python packages depend on the device and both lists, and are there when all of them are', (t) => {
  const project = emptyProject(t);
  const names = ['numpy-2.0.dist-info', 'tensorflow_cpu-2.21.dist-info'];
  write(project.root, { 'requirements.txt': 'a', 'requirements-cpu.txt': 'b', 'requirements-gpu.txt': 'b' });
  for (const name of names)
    write(project.root, { [`.venv/lib/python3.12/site-packages/${name}/RECORD`]: '' });
  const inputs = (change = {}) => hashOf(pythonPackages.inputs({ ...project, ...change }));
  const before = inputs();
  assert.notEqual(inputs({ device: 'gpu' }), before);
  for (const name of ['requirements.txt', 'requirements-cpu.txt']) {
    write(project.root, { [name]: 'other' });
    assert.notEqual(inputs(), before, name);
    write(project.root, { [name]: name === 'requirements.txt' ? 'a' : 'b' });
    assert.equal(inputs(), before);
  }
  assert.equal(pythonPackages.isDone(project, names), true);
  assert.equal(pythonPackages.isDone(project, [...names, 'scipy-1.dist-info']), false);
  assert.ok(!pythonPackages.isDone(project, []));
});

test('the addon is built anew for another TensorFlow and for another tfjs-node', (t) => {
  const project = emptyProject(t);
  const tfjs = 'node_modules/@tensorflow/tfjs-node/package.json';
  const distribution = (version: string) =>
    join(project.root, `.venv/lib/python3.12/site-packages/tensorflow_cpu-${version}.dist-info`);
  write(project.root, { [tfjs]: '{"version": "4.22.0"}' });
  mkdirSync(distribution('2.21'), { recursive: true });
  const inputs = () => hashOf(addon.inputs(project));
  const seen = new Set([inputs()]);
  assert.equal(seen.size, 1);
  mkdirSync(distribution('2.22'));
  rmSync(distribution('2.21'), { recursive: true });
  seen.add(inputs());
  write(project.root, { [tfjs]: '{"version": "4.23.0"}' });
  seen.add(inputs());
  assert.equal(seen.size, 3);
});

test('what is hashed keeps its borders', () => {
  assert.notEqual(hashOf(['ab', 'c']), hashOf(['a', 'bc']));
  assert.notEqual(hashOf(['a']), hashOf(['a', '']));
});

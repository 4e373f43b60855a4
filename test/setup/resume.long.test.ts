// Runs alone: it kills set-ups at moments that a busy machine makes it miss.
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../src/paths';

// What set-up reads: no more, so that the copy shows it when something else is needed.
const PARTS = [
  'package.json',
  'package-lock.json',
  'requirements.txt',
  'requirements-cpu.txt',
  'requirements-detectors.txt',
  'requirements-installer.txt',
  'tsconfig.json',
  'setup',
  'kernel',
  'src',
  'packages',
];

const MINUTES = 60_000;

describe('a set-up in a path with a blank and an accent that is killed', { timeout: 45 * MINUTES }, () => {
  const parent = mkdtempSync(join(tmpdir(), 'ferlab-clone-'));
  const [root, temporary] = [join(parent, 'a café'), join(parent, 'tmp')];
  const path = (...parts: string[]) => join(root, ...parts);
  const environment = {
    ...process.env,
    FERLAB_DEVICE: 'cpu',
    CONDA_PREFIX: '',
    LC_ALL: 'C',
    TMPDIR: temporary,
  };

  before(() => {
    mkdirSync(temporary);
    for (const part of PARTS) cpSync(join(projectRoot(), part), path(part), { recursive: true });
  });
  after(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  const isBuild = (name: string) => existsSync(join(temporary, name, 'build-tmp-napi-v8/Release'));

  /** Starts a set-up, and returns what it printed once it has ended or been killed. */
  function setUp(): { child: ChildProcess; output: Promise<string> } {
    const child = spawn(process.execPath, ['setup/main.mjs'], { cwd: root, env: environment });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
    return { child, output: once(child, 'close').then(() => text) };
  }

  /** Kills a set-up with SIGKILL as soon as `moment` is there. */
  async function killAt(moment: () => boolean): Promise<void> {
    const { child, output } = setUp();
    while (child.exitCode === null && !moment()) await delay(20);
    assert.equal(
      child.exitCode,
      null,
      `the set-up ended before the moment came:\n${await endOf(child, output)}`,
    );
    child.kill('SIGKILL');
    await output;
  }

  const endOf = async (child: ChildProcess, output: Promise<string>) =>
    child.exitCode === null ? '' : await output;

  const python = () => path('.venv/lib', readdirSync(path('.venv/lib'))[0] ?? '', 'site-packages');

  it('while npm and venv are at work leaves no step done', async () => {
    await killAt(() => existsSync(path('node_modules')) && readdirSync(path('node_modules')).length > 20);
    assert.equal(existsSync(path('.cache/setup/stamps/node-packages.json')), false);
  });

  it('while TensorFlow is unpacked leaves the packages to be installed again', async () => {
    await killAt(() => existsSync(path('.venv/lib')) && existsSync(join(python(), 'tensorflow/include')));
    assert.equal(existsSync(path('.cache/setup/stamps/python-packages.json')), false);
  });

  it('while the addon is compiled leaves the addon to be built', async () => {
    await killAt(() => readdirSync(temporary).some(isBuild));
    assert.equal(existsSync(path('.cache/setup/stamps/tensorflow-addon.json')), false);
  });

  it('is finished by the next call, and the one after finds nothing to do', async () => {
    assert.match(await setUp().output, /^set up in /m);
    const product =
      "process.stdout.write(String(require('@tensorflow/tfjs-node').scalar(6).mul(7).dataSync()[0]))";
    assert.equal(execFileSync(process.execPath, ['-e', product], { cwd: root, encoding: 'utf8' }), '42');
    assert.equal(existsSync(path('dist/cli/main.js')), true);
    const kernel = JSON.parse(readFileSync(path('.venv/share/jupyter/kernels/ferlab/kernel.json'), 'utf8'));
    assert.equal(kernel.argv.includes(path('kernel/launcher.cjs')), true);
    const broken = execFileSync(path('.venv/bin/python'), ['-m', 'pip', 'check'], { encoding: 'utf8' });
    assert.match(broken, /No broken requirements found/);
    assert.match(await setUp().output, /^set up \(checked in [\d.]+ s\)\n$/);
  });
});

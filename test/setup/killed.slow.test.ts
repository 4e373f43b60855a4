import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../../setup/process-identity.mjs';
import { projectRoot } from '../../src/paths';

const MINUTES = 60_000;

/** The packages of the small project: each takes long enough to unpack that the set-up can be killed meanwhile. */
const NODE_PACKAGE = 'typescript';
const PYTHON_PACKAGE = 'numpy';

/** A set-up of the real steps but the compiler's, which `resume.long.test.ts` kills too. */
const SET_UP = `
import { setUp } from './set-up.mjs';
import { helperLink } from './steps/helper-link.mjs';
import { kernelspec } from './steps/kernelspec.mjs';
import { nodePackages } from './steps/node-packages.mjs';
import { pythonEnvironment } from './steps/python-environment.mjs';
import { pythonPackages } from './steps/python-packages.mjs';
await setUp({ stages: [[[nodePackages, helperLink], [pythonEnvironment, pythonPackages, kernelspec]]] });
`;

describe('a set-up of few packages, in a path with a blank and an accent, that is killed', {
  timeout: 10 * MINUTES,
}, () => {
  let parent: string;
  const path = (...parts: string[]) => join(parent, 'a café', ...parts);

  before(() => {
    parent = mkdtempSync(join(tmpdir(), 'ferlab-clone-'));
    for (const part of ['setup', 'kernel'])
      cpSync(join(projectRoot(), part), path(part), { recursive: true });
    writeFileSync(path('setup/few.mjs'), SET_UP);
    writeNodePackages();
    cpSync(join(projectRoot(), 'requirements-installer.txt'), path('requirements-installer.txt'));
    const pin = new RegExp(`^${PYTHON_PACKAGE}==.*$`, 'gm');
    const pins = readFileSync(join(projectRoot(), 'requirements.txt'), 'utf8').match(pin)!;
    writeFileSync(path('requirements.txt'), pins.join('\n'));
    writeFileSync(path('requirements-cpu.txt'), '-r requirements.txt\n');
  });
  after(() => rmSync(parent, { recursive: true, force: true }));

  /** One package of the project's own lock file. */
  function writeNodePackages(): void {
    const { packages, ...lock } = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8'));
    const entry = packages[`node_modules/${NODE_PACKAGE}`];
    const self = { name: 'few', version: '1.0.0', dependencies: { [NODE_PACKAGE]: entry.version } };
    const some = { '': self, [`node_modules/${NODE_PACKAGE}`]: { ...entry, dev: undefined } };
    writeFileSync(path('package.json'), JSON.stringify(self));
    writeFileSync(path('package-lock.json'), JSON.stringify({ ...lock, ...self, packages: some }));
  }

  function setUp() {
    const env = { ...process.env, FERLAB_DEVICE: 'cpu', CONDA_PREFIX: '', LC_ALL: 'C' };
    const child = spawn(process.execPath, ['setup/few.mjs'], { cwd: path(), env });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more));
    return { child, output: once(child, 'close').then(() => text) };
  }

  /** Kills a set-up as soon as `moment` is there, and returns the processes that it left running. */
  async function killAt(moment: () => boolean): Promise<{ pid: number; started: string }[]> {
    const { child, output } = setUp();
    while (child.exitCode === null && !moment()) await delay(5);
    assert.equal(child.exitCode, null, 'the set-up ended before the moment came');
    child.kill('SIGKILL');
    await output;
    return JSON.parse(readFileSync(path('.cache/setup/running.json'), 'utf8'));
  }

  const sitePackages = () => path('.venv/lib', readdirSync(path('.venv/lib'))[0]!, 'site-packages');
  const stamp = (step: string) => path(`.cache/setup/stamps/${step}.json`);

  it('while npm and venv are at work leaves no step done', async () => {
    await killAt(() => existsSync(path('.venv/lib')) && existsSync(path('node_modules')));
    for (const step of ['node-packages', 'python-environment'])
      assert.equal(existsSync(stamp(step)), false, step);
  });

  it('while a package is unpacked leaves the packages to be installed again', async () => {
    const left = await killAt(
      () => existsSync(stamp('python-environment')) && existsSync(join(sitePackages(), PYTHON_PACKAGE)),
    );
    assert.equal(existsSync(stamp('python-packages')), false);
    assert.ok(left.length > 0);
    // The installer is killed where it stands, too: what it has unpacked of the package is not all.
    for (const { pid } of left.filter(isAlive)) process.kill(-pid, 'SIGKILL');
    mkdirSync(join(sitePackages(), '~umpy'), { recursive: true });
  });

  it('is finished by the next call, and the one after finds nothing to do', async () => {
    assert.match(await setUp().output, /^set up in /m);
    assert.equal(existsSync(path('node_modules', NODE_PACKAGE, 'package.json')), true);
    assert.equal(existsSync(join(sitePackages(), '~umpy')), false);
    const python = spawn(path('.venv/bin/python'), ['-c', `import ${PYTHON_PACKAGE}`]);
    assert.deepEqual(await once(python, 'exit'), [0, null]);
    const pip = spawn(path('.venv/bin/pip'), ['check']);
    assert.deepEqual(await once(pip, 'exit'), [0, null]);
    assert.match(await setUp().output, /^set up \(checked in [\d.]+ s\)\n$/);
  });
});

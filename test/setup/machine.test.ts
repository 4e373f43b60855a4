import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { chooseDevice } from '../../setup/device.mjs';
import { checkMachine, checkNode, findBasePython, isServed } from '../../setup/machine.mjs';
import { describeProject } from '../../setup/project.mjs';

describe('what set-up asks of the machine', () => {
  it('is Node 20.19 or newer of the 20s, or 22.12 or newer of the 22s', () => {
    for (const version of ['20.19.0', '20.20.2', '22.12.0', '22.30.1']) checkNode(version);
    for (const version of ['18.20.0', '20.18.3', '21.7.0', '22.11.0', '23.0.0', '24.1.0'])
      assert.throws(() => checkNode(version), new RegExp(`this is Node ${version}`));
  });

  it('is Python 3.10 to 3.13', () => {
    const versions = ['2.7', '3.9', '3.10', '3.13', '3.14', '', undefined];
    assert.deepEqual(versions.filter(isServed), ['3.10', '3.13']);
  });

  it('is told in one go, with a line that says what to install for each', () => {
    const nothing = { PATH: '/nonexistent' };
    assert.throws(
      () => checkMachine(new Set(['python', 'compiler']), nothing),
      (error: Error & { remedies: string[] }) =>
        /Python .*; a C\+\+ compiler and make/.test(error.message) && error.remedies.length === 2,
    );
    checkMachine(new Set(), nothing);
  });

  it('passes over a Python without venv', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ferlab-python-'));
    const write = (name: string, answer: string) =>
      writeFileSync(join(folder, name), `#!/bin/sh\necho ${answer}\n`, { mode: 0o755 });
    write('python3', '3.11 none');
    write('python3.13', '3.9 venv');
    assert.equal(findBasePython({ PATH: folder }), undefined);
    write('python3.12', '3.12 venv');
    assert.equal(findBasePython({ PATH: folder }), 'python3.12');
    assert.equal(findBasePython({ PATH: folder, FERLAB_PYTHON: join(folder, 'python3') }), undefined);
    rmSync(folder, { recursive: true });
  });
});

describe('the device', () => {
  it('is the one that is asked for', () => {
    assert.equal(chooseDevice({ FERLAB_DEVICE: 'gpu' }), 'gpu');
    assert.equal(chooseDevice({ FERLAB_DEVICE: 'cpu' }), 'cpu');
    assert.throws(() => chooseDevice({ FERLAB_DEVICE: 'tpu' }), /FERLAB_DEVICE is tpu/);
  });
});

describe('the Python environment', () => {
  it("is .venv, or conda's active one, but never conda's base", () => {
    const root = mkdtempSync(join(tmpdir(), 'ferlab-project-'));
    const prefix = (environment: Record<string, string>) => describeProject(root, environment).prefix;
    const conda = { CONDA_PREFIX: '/opt/conda/envs/ferlab', CONDA_DEFAULT_ENV: 'ferlab' };
    assert.equal(prefix({}), join(root, '.venv'));
    assert.equal(prefix(conda), '/opt/conda/envs/ferlab');
    assert.equal(describeProject(root, conda).ownsPrefix, false);
    assert.equal(prefix({ CONDA_PREFIX: '/opt/conda', CONDA_DEFAULT_ENV: 'base' }), join(root, '.venv'));
    mkdirSync(join(root, '.venv'));
    assert.equal(prefix(conda), join(root, '.venv'));
    rmSync(root, { recursive: true });
  });
});

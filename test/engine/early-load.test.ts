import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { projectRoot } from '../../src/paths';
import { temporaryFolder } from '../temporary';
import { compileModule } from './compile-module';

const folder = temporaryFolder();
const MODULE = join(folder, 'lib/early-load.node');
const skip = process.platform !== 'linux';

before(
  async () => {
    if (skip) return;
    mkdirSync(join(folder, 'lib'));
    symlinkSync(join(projectRoot(), 'node_modules/@tensorflow/tfjs-node/deps'), join(folder, 'deps'));
    await compileModule('early-load', MODULE, folder);
  },
  { timeout: 120_000 },
);

/** What becomes of a process that begins to load TensorFlow and then runs `code`. */
function run(code: string, module = MODULE) {
  const begin = `require('./src/engine/early-load').beginLoadingTensorFlow(${JSON.stringify(module)});`;
  const words = ['--import', 'tsx', '-e', `${begin} ${code}`];
  const { status, signal, stdout } = spawnSync(process.execPath, words, {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  return { status, signal, stdout };
}

const isLoaded = "require('node:fs').readFileSync('/proc/self/maps', 'utf8').includes('libtensorflow_cc')";

test('TensorFlow is loaded while the program does something else', { skip }, () => {
  const wait = `const end = Date.now() + 60_000; while (!${isLoaded} && Date.now() < end); console.log(${isLoaded})`;
  assert.deepEqual(run(wait), { status: 0, signal: null, stdout: 'true\n' });
});

test('a program that ends meanwhile ends with its own status', { skip }, () => {
  for (const status of [0, 3])
    assert.deepEqual(run(`process.exit(${status})`), { status, signal: null, stdout: '' });
});

test('the library that was begun is the one that computes', { skip }, () => {
  const compute = `const { Device } = require('./src/engine/device'); const device = new Device();
    console.log(device.download(device.constant('float32', [6, 7])).join());
    const paths = require('node:fs').readFileSync('/proc/self/maps', 'utf8').split('\\n')
      .filter((line) => line.includes('libtensorflow_cc')).map((line) => line.slice(73));
    console.log(new Set(paths).size);`;
  assert.deepEqual(run(compute), { status: 0, signal: null, stdout: '6,7\n1\n' });
});

test('without the compiled module nothing is begun', () => {
  assert.deepEqual(run(`console.log(${isLoaded})`, 'missing'), {
    status: 0,
    signal: null,
    stdout: 'false\n',
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../src/paths';

/** Modules that take from half a second to seconds to load. */
const HEAVY = ['@tensorflow/tfjs-node', 'danfojs-node', 'jsdom', '@techstark/opencv-js'];

test('to import the helper module loads nothing heavy', () => {
  const folders = HEAVY.map((name) => `/node_modules/${name}/`);
  const script = `
    require(${JSON.stringify(join(projectRoot(), 'src/index.ts'))});
    const loaded = (folder) => Object.keys(require.cache).some((path) => path.includes(folder));
    console.log(JSON.stringify([Object.keys(require.cache).length, ${JSON.stringify(folders)}.filter(loaded)]));`;
  const words = ['--import', 'tsx', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: projectRoot(), encoding: 'utf8' });
  const [count, heavy] = JSON.parse(stdout || stderr) as [number, string[]];
  assert.ok(count > 100, 'the modules are those of this process');
  assert.deepEqual(heavy, []);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { randomStream } from '../../src/random';
import { temporaryFolder } from '../temporary';

const CHILD = join(__dirname, 'child.ts');
const FILES = ['weights.bin', 'history.json', 'predictions-validation.csv', 'config.json'];

function start(folder: string) {
  return spawn(process.execPath, ['--import', 'tsx', CHILD, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

const bitsOf = (folder: string) => FILES.map((name) => readFileSync(join(folder, name)).toString('base64'));

test('a run that is killed at random moments and resumed ends in the bits of one that never was', async (t) => {
  const whole = temporaryFolder(t);
  const began = performance.now();
  assert.deepEqual(await once(start(whole), 'exit'), [0, null]);
  const seconds = (performance.now() - began) / 1000;

  const { uniform } = randomStream(Date.now(), 'kill');
  const folder = temporaryFolder(t);
  let kills = 0;
  // Some kills hit the start of the process, some a step, the validation or the writing of a file.
  while (kills < 8 && !existsSync(join(folder, 'record.json'))) {
    const child = start(folder);
    const exit = once(child, 'exit');
    if (kills % 4 > 0) await Promise.race([once(child.stdout, 'data'), exit]);
    await Promise.race([setTimeout(1000 * seconds * 0.25 * uniform()), exit]);
    child.kill('SIGKILL');
    const [, signal] = await exit;
    if (signal === 'SIGKILL') kills++;
  }
  assert.ok(kills >= 2, `${kills} kills`);
  assert.deepEqual(await once(start(folder), 'exit'), [0, null]);
  assert.deepEqual(bitsOf(folder), bitsOf(whole));
  t.diagnostic(`${kills} kills, ${seconds.toFixed(1)} s for a whole run`);
});

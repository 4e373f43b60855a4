import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { CoreTestResult } from './run-core-tests';

/**
 * What TensorFlow fails without us: it has no operation that rounds whole numbers, and on some processors it refuses
 * dilations itself, in other words than the test expects.
 */
const FAILS_ANYWAY = [
  'round test-tensorflow {} int32',
  'depthwiseConv2d gradients test-tensorflow {} throws error on dilations > 1',
];

async function runCoreTests(mode: 'plain' | 'native'): Promise<CoreTestResult> {
  const script = path.join(__dirname, 'run-core-tests.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, mode], {
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}

test("tfjs-core's own tests pass with the native gradients as they do without", async () => {
  const [plain, native] = await Promise.all([runCoreTests('plain'), runCoreTests('native')]);
  assert.ok(plain.specs > 3800, `${plain.specs} specs`);
  const unexpected = plain.failed.filter((name) => !FAILS_ANYWAY.includes(name));
  assert.deepEqual(unexpected, []);
  assert.deepEqual(native, plain);
});

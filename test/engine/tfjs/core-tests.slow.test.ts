import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { CoreTestResult } from './run-core-tests';

/** TensorFlow rounds whole numbers given as int32 with an operation that it does not have for them. */
const FAILS_ANYWAY = ['round test-tensorflow {} int32'];

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
  assert.deepEqual(plain.failed, FAILS_ANYWAY);
  assert.deepEqual(native, plain);
});

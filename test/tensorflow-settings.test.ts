import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

/** What a fresh process finds in the variable after it has imported a file of `src/`. */
function seenBy(file: string, env: NodeJS.ProcessEnv): string {
  const script = `require('./src/${file}'); process.stdout.write(String(process.env.TF_ENABLE_ONEDNN_OPTS))`;
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { env, encoding: 'utf8' });
}

test('whatever loads TensorFlow asks for oneDNN first, unless the user says otherwise', () => {
  const { TF_ENABLE_ONEDNN_OPTS: _, ...plain } = process.env;
  for (const file of ['engine/tensorflow', 'dataset/danfo']) {
    assert.equal(seenBy(file, plain), '1', file);
    assert.equal(seenBy(file, { ...plain, TF_ENABLE_ONEDNN_OPTS: '0' }), '0', file);
  }
});

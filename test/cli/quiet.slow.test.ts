import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singleModels } from '../publish/single-models';
import { temporaryFolder } from '../temporary';
import { ferlabWith } from './ferlab';

/** Lines of stderr of a command that computes with TensorFlow. */
function notes(out: string, level: string | undefined): string[] {
  const words = ['export', singleModels()[0]!, '--format', 'tfjs', '--out', out];
  const { status, stderr } = ferlabWith({ TF_CPP_MIN_LOG_LEVEL: level }, ...words);
  assert.equal(status, 0, stderr);
  return stderr.split('\n').filter((line) => line !== '');
}

test('TensorFlow prints nothing on its start, unless it is asked to', (t) => {
  const out = temporaryFolder(t);
  assert.deepEqual(notes(out, undefined), []);
  assert.ok(notes(out, '0').some((line) => line.includes('cpu_feature_guard')));
});

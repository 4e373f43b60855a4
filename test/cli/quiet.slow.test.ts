import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singleModels } from '../publish/single-models';
import { temporaryFolder } from '../train/tiny';
import { ferlabWith } from './ferlab';

/** What the static initialisers of TensorFlow's library print, before any program can set a level. */
const FROM_LOADING = [
  /^WARNING: All log messages before absl::InitializeLog\(\) is called are written to STDERR$/,
  /^I0000 .* oneDNN custom operations are on\./,
];

/** Lines of stderr of a command that computes with TensorFlow, without those of its loading. */
function notes(out: string, level: string | undefined): string[] {
  const words = ['export', singleModels()[0]!, '--format', 'tfjs', '--out', out];
  const { status, stderr } = ferlabWith({ TF_CPP_MIN_LOG_LEVEL: level }, ...words);
  assert.equal(status, 0, stderr);
  const lines = stderr.split('\n').filter((line) => line !== '');
  return lines.filter((line) => !FROM_LOADING.some((known) => known.test(line)));
}

test('TensorFlow prints nothing on its start but what comes of loading it, unless it is asked to', (t) => {
  const out = temporaryFolder(t);
  assert.deepEqual(notes(out, undefined), []);
  assert.ok(notes(out, '0').some((line) => line.includes('cpu_feature_guard')));
});

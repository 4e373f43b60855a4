import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSandbox } from '../../src/doctor/grading';

test('the sandbox for grading is there, is missing, or may not be made', () => {
  const trial = { status: 0, stderr: '', stdout: 'bubblewrap 0.8.0\n' };
  assert.deepEqual(judgeSandbox(trial), { status: 'passed', detail: 'bubblewrap 0.8.0' });
  const missing = judgeSandbox({ ...trial, status: null, error: new Error('spawn bwrap ENOENT') });
  assert.equal(missing.status, 'absent');
  assert.match(missing.remedy!, /apt install bubblewrap/);
  const refused = judgeSandbox({
    ...trial,
    status: 1,
    stderr: 'bwrap: No permissions to create new namespace\n',
  });
  assert.equal(refused.status, 'absent');
  assert.match(refused.detail, /No permissions/);
  assert.match(refused.remedy!, /user namespaces/);
});

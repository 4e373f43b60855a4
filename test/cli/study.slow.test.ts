import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { findCopy } from '../../src/dataset/find';
import { ferlabWith } from './ferlab';

/** Whether the project's own data/ holds the set, which $FER2013 hides. */
function findInData(): boolean {
  const named = process.env.FER2013;
  delete process.env.FER2013;
  try {
    return findCopy() !== null;
  } finally {
    if (named !== undefined) process.env.FER2013 = named;
  }
}

test('a study of FER-2013 is not trained on the sample in its place', (t) => {
  if (findInData()) return t.skip('there is FER-2013 in data/');
  const runs = mkdtempSync(join(tmpdir(), 'ferlab-study-'));
  t.after(() => rmSync(runs, { recursive: true }));
  const environment = { FER2013: undefined, FERLAB_RUNS: join(runs, 'runs') };
  const { status, stderr } = ferlabWith(environment, 'study', 'studies/paper-cnn-seeds.json');
  assert.equal(status, 2, stderr);
  assert.match(stderr, /a study needs FER-2013[\s\S]*--sample/);
  assert.equal(existsSync(environment.FERLAB_RUNS), false);
});

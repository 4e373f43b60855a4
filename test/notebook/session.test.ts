import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { FerlabError } from '../../src/errors';
import { chooseConfig, chooseRun } from '../../src/notebook/session';
import { projectRoot } from '../../src/paths';
import { runFolder } from '../../src/run/run-folder';

test("the run to report is one's own, else the published one; a name takes that model", (t) => {
  const runs = mkdtempSync(join(tmpdir(), 'ferlab-session-'));
  const before = process.env.FERLAB_RUNS;
  process.env.FERLAB_RUNS = runs;
  t.after(() => {
    rmSync(runs, { recursive: true });
    if (before === undefined) delete process.env.FERLAB_RUNS;
    else process.env.FERLAB_RUNS = before;
  });
  const published = (name: string) => join(projectRoot(), 'models', name);
  const parameters = { profile: 'smoke', seed: 7, data: '' };
  assert.equal(chooseRun({ ...parameters, run: 'auto' }), published('paper-cnn-plain-seed1'));
  assert.equal(chooseRun({ ...parameters, run: 'strong-cnn-seed1' }), published('strong-cnn-seed1'));
  assert.throws(() => chooseRun({ ...parameters, run: 'no-such-model' }), FerlabError);
  const own = runFolder(chooseConfig(parameters), buildSample({ seed: 0 }));
  mkdirSync(own, { recursive: true });
  assert.equal(chooseRun({ ...parameters, run: 'auto' }), published('paper-cnn-plain-seed1'));
  writeFileSync(join(own, 'record.json'), '{}'); // a record is what makes a run finished
  assert.equal(chooseRun({ ...parameters, run: 'auto' }), own);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { findPython } from '../../../src/notebook/python';
import { projectRoot } from '../../../src/paths';

test('time in which others hold the processors does not count in grading, up to half of it', () => {
  const words = [join(__dirname, 'own_time_trial.py'), projectRoot()];
  const { stdout, stderr } = spawnSync(findPython(), words, { encoding: 'utf8' });
  const [sleeping, shared, crowded, gone] = stdout.split(' ').map(Number);
  assert.ok(sleeping! > 0.8 && sleeping! <= 1, `sleeping: ${stdout}${stderr}`);
  // A process of four that share a core, and one of twenty-one: both reach the half.
  assert.ok(shared! >= 0.5 && shared! < 0.8, `shared: ${stdout}${stderr}`);
  assert.ok(crowded! >= 0.5 && crowded! < 0.6, `crowded: ${stdout}${stderr}`);
  assert.equal(gone, 0);
});

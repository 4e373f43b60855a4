import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Finding } from '../../src/doctor/check';
import { projectRoot } from '../../src/paths';

/** What `ferlab doctor --json` finds here, and its exit status. */
function examine(environment: NodeJS.ProcessEnv): { status: number | null; findings: Finding[] } {
  const words = ['--import', 'tsx', join(projectRoot(), 'src/cli/main.ts'), 'doctor', '--json'];
  const env = { ...process.env, FER2013: '', FERLAB_DEVICE: undefined, ...environment };
  const { status, stdout } = spawnSync(process.execPath, words, {
    encoding: 'utf8',
    env,
    cwd: projectRoot(),
  });
  return { status, findings: JSON.parse(stdout) };
}

const find = (findings: readonly Finding[], name: string) =>
  findings.find((finding) => finding.name === name);

describe('ferlab doctor', () => {
  it('finds everything well after the set-up', () => {
    const { status, findings } = examine({});
    assert.deepEqual(
      findings.filter((finding) => finding.status === 'failed'),
      [],
    );
    assert.equal(status, 0);
    assert.match(find(findings, 'TensorFlow addon')?.detail ?? '', /^TensorFlow 2\.\d+/);
    assert.match(find(findings, 'device')?.detail ?? '', /[1-9]\d* GFLOP\/s/);
  });

  const gpu = existsSync('/dev/nvidia0');
  it('fails when a GPU is asked for and there is none', { skip: gpu && 'this machine has a GPU' }, () => {
    const { status, findings } = examine({ FERLAB_DEVICE: 'gpu', FER2013: '/nonexistent.csv' });
    assert.equal(status, 1);
    for (const name of ['device', 'data']) {
      assert.equal(find(findings, name)?.status, 'failed', name);
      assert.ok(find(findings, name)?.remedy);
    }
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cgroupCores, usableCores } from '../../src/engine/cores';
import { temporaryFolder } from '../temporary';

/** A root folder with these files. */
function rootWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder(t);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  return root;
}

const V1 = '4:memory:/job\n3:cpu,cpuacct:/slurm/job\n1:name=systemd:/';
const V1_FOLDER = 'sys/fs/cgroup/cpu,cpuacct';

for (const [name, files, cores] of [
  ['no control groups', {}, null],
  ['version 2 without a limit', { 'proc/self/cgroup': '0::/', 'sys/fs/cgroup/cpu.max': 'max 100000' }, null],
  ['version 2', { 'proc/self/cgroup': '0::/a', 'sys/fs/cgroup/a/cpu.max': '150000 100000' }, 1.5],
  [
    'version 2 with a stricter group above',
    {
      'proc/self/cgroup': '0::/a/b',
      'sys/fs/cgroup/a/b/cpu.max': '400000 100000',
      'sys/fs/cgroup/a/cpu.max': '200000 100000',
    },
    2,
  ],
  [
    'version 2 in a container, which sees its own group as the root',
    { 'proc/self/cgroup': '0::/docker/1234', 'sys/fs/cgroup/cpu.max': '300000 100000' },
    3,
  ],
  [
    'version 1',
    {
      'proc/self/cgroup': V1,
      [`${V1_FOLDER}/slurm/job/cpu.cfs_quota_us`]: '50000',
      [`${V1_FOLDER}/slurm/job/cpu.cfs_period_us`]: '100000',
    },
    0.5,
  ],
  [
    'version 1 without a limit',
    {
      'proc/self/cgroup': V1,
      [`${V1_FOLDER}/cpu.cfs_quota_us`]: '-1',
      [`${V1_FOLDER}/cpu.cfs_period_us`]: '100000',
    },
    null,
  ],
] as const) {
  test(`cores of ${name}: ${cores}`, (t) => assert.equal(cgroupCores(rootWith(t, files)), cores));
}

test('a process that may run on one core counts one', { skip: process.platform !== 'linux' }, () => {
  const count = "console.log(require('./src/engine/cores').usableCores())";
  const words = ['-c', '0', process.execPath, '--import', 'tsx', '-e', count];
  assert.equal(execFileSync('taskset', words, { encoding: 'utf8' }).trim(), '1');
  assert.ok(usableCores() >= 1 && usableCores() <= availableParallelism());
});

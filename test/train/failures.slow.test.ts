import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { runFiles } from '../../src/run/run-folder';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from './tiny';

const CHILD = join(__dirname, 'child.ts');

/** Mounts a small file system, which takes the rights of root; null where it can't be done. */
function smallDisk(t: TestContext, megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}M`, 'tmpfs', folder]);
  t.after(() => {
    if (status === 0) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return status === 0 ? folder : null;
}

test('a full disk ends the run with its own status, keeps the checkpoint, and --resume goes on', async (t) => {
  // A checkpoint weighs 23 MB and is written beside the old one: the first fits, the second does not.
  const disk = smallDisk(t, 40);
  if (!disk) return t.skip('a small file system can only be mounted by root');
  const folder = join(disk, 'run');
  const train = () =>
    trainRun(tinyConfig({ epochs: 2 }), {
      dataset: tinyDataset(),
      folder,
      resume: true,
      checkpointSeconds: 0,
    });
  await assert.rejects(
    train(),
    (error) =>
      error instanceof FerlabError &&
      error.exitStatus === 5 &&
      /checkpoint\.bin: the disk is full/.test(error.message),
  );
  const { checkpoint, record } = runFiles(folder);
  assert.ok(existsSync(checkpoint));
  const grown = spawnSync('mount', ['-o', 'remount,size=200M', disk]);
  assert.equal(grown.status, 0);
  await train();
  assert.ok(existsSync(record));
});

test('files that may not grow further are told as a full disk', (t) => {
  const folder = temporaryFolder(t);
  // 1 MB in blocks of 512 or 1024 bytes, whichever the shell counts in; below one file of weights in any case.
  const command = `ulimit -f 2000; exec "${process.execPath}" --import tsx "${CHILD}" "${folder}"`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  assert.match(stderr, /the disk is full/);
  assert.equal(status, 5);
});

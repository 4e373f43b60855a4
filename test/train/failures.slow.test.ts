import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { runFiles } from '../../src/train/run-folder';
import { trainRun } from '../../src/train/train';
import { temporaryFolder, tinyConfig, tinyDataset } from './tiny';

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

test('memory that runs out is told as such', (t) => {
  const folder = temporaryFolder(t);
  const run = (limit: string, fields: object, images: number) => {
    const command = `ulimit -v ${limit}; exec "${process.execPath}" --import tsx "${CHILD}" "${folder}" '${JSON.stringify(fields)}' ${images}`;
    return spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  };
  const usual = run('unlimited', { epochs: 1 }, 6);
  assert.equal(usual.status, 0, usual.stderr);
  const reserved = Number(/reserved (\d+)/.exec(usual.stdout)?.[1]);
  if (!reserved) return t.skip('the system does not tell how much memory a process reserves');
  rmSync(folder, { recursive: true });
  // One layer of 3,500 images takes 1 GB: the first convolution fits, its ReLU does not. (Where TensorFlow's
  // convolution itself gets no memory, its oneDNN kernel ends the process before it can tell.)
  const { status, stderr } = run(String(reserved + 1_800_000), { epochs: 1, batchSize: 3500 }, 500);
  assert.match(stderr, /out of memory/);
  assert.equal(status, 4);
  assert.equal(existsSync(join(folder, 'lock')), false);
});

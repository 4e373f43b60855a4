import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { FolderLock } from '../../src/run/lock';
import { temporaryFolder } from '../temporary';

const MODULE = JSON.stringify(join(__dirname, '..', '..', 'src', 'run', 'lock'));
const APART = ['unshare', ['--pid', '--fork', '--mount-proc', '--kill-child']] as const;
const canPart = spawnSync(APART[0], [...APART[1], 'true']).status === 0;

// A process of another container, whose number means nothing here: what a process of another machine is, too.
test('a training in another container holds its folder while it computes, and leaves it when it is killed', {
  skip: !canPart && 'needs the right to make a namespace of processes',
}, async (t) => {
  const folder = temporaryFolder(t);
  const program = `
    const { FolderLock } = require(${MODULE});
    FolderLock.take(${JSON.stringify(folder)}).then(() => {
      console.log('held');
      while (true); // As a long computation does, it never lets the event loop turn.
    });`;
  const child = spawn(APART[0], [...APART[1], process.execPath, '--import', 'tsx', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(createInterface(child.stdout), 'line');
  await assert.rejects(
    FolderLock.take(folder),
    (error) => error instanceof FerlabError && /process \d+ on \S+ is working/.test(error.message),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await FolderLock.take(folder, { watchMs: 12_000 })).release();
});

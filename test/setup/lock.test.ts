import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { takeLock } from '../../setup/lock.mjs';
import { projectRoot } from '../../src/paths';

describe('the lock of the set-up', () => {
  let folder: string;
  const path = () => join(folder, 'lock');
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'ferlab-lock-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('lets the second wait until the first gives it back', async () => {
    const release = await takeLock(path());
    let waitedFor = 0;
    const second = takeLock(path(), (pid: number) => {
      waitedFor = pid;
      setTimeout(release, 50);
    });
    (await second)();
    assert.equal(waitedFor, process.pid);
    assert.equal(existsSync(path()), false);
  });

  it('takes over the lock of a process that was killed, also when its number lives on', async (test) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    test.after(() => child.kill('SIGKILL'));
    writeFileSync(path(), JSON.stringify({ pid: child.pid, started: 'before the machine was started' }));
    (await takeLock(path(), () => assert.fail('waited for a stranger')))();
    child.kill('SIGKILL');
    await once(child, 'exit');
    writeFileSync(path(), JSON.stringify({ pid: child.pid, started: '' }));
    (await takeLock(path(), () => assert.fail('waited for the dead')))();
  });

  it('admits one of many at a time', async () => {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    const module = join(projectRoot(), 'setup/lock.mjs');
    const code = `import { appendFileSync } from 'node:fs';
      import { takeLock } from ${JSON.stringify(module)};
      for (let i = 0; i < 3; i++) {
        const release = await takeLock(${JSON.stringify(path())});
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((end) => setTimeout(end, 20));
        appendFileSync(${JSON.stringify(log)}, 'out ');
        release();
      }`;
    const children = [1, 2, 3].map(() => spawn(process.execPath, ['--input-type=module', '-e', code]));
    await Promise.all(children.map((child) => once(child, 'exit')));
    assert.equal(readFileSync(log, 'utf8'), 'in out '.repeat(9));
  });
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ferlab } from '../cli/ferlab';

const ROOT = join(__dirname, '../..');

test('demo serves the page to who has its address, and ends with Ctrl-C without leaving files', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-command-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const words = ['--import', 'tsx', 'src/cli/main.ts', 'demo', '--model', 'strong-cnn-seed1'];
  const demo = spawn(process.execPath, words, { cwd: ROOT, env: { ...process.env, TMPDIR: folder } });
  t.after(() => demo.kill('SIGKILL'));
  let printed = '';
  for await (const text of demo.stdout.setEncoding('utf8')) {
    printed += text;
    if (printed.includes('\n')) break;
  }
  const [, address] = /^open (http:\/\/127\.0\.0\.1:\d+\/live\.html\?token=[0-9a-f]+)\n$/.exec(printed)!;
  const first = await fetch(address!, { redirect: 'manual' });
  const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
  const page = await fetch(new URL(address!).origin + first.headers.get('location')!, {
    headers: { cookie },
  });
  assert.match(await page.text(), /The network is strong-cnn-seed1/);
  assert.ok(readdirSync(folder).some((name) => name.startsWith('ferlab-demo-')));
  demo.kill('SIGINT');
  const [status] = await once(demo, 'exit');
  assert.equal(status, 0);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('ferlab-demo-')),
    [],
  );
});

test('demo refuses what it can not show', () => {
  const ensemble = ferlab('demo', '--model', 'strong-ensemble');
  assert.equal(ensemble.status, 2);
  assert.match(ensemble.stderr, /"strong-ensemble" is no single network/);
  const unknown = ferlab('demo', '--model', 'nobody');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /there is no published model "nobody"/);
  const port = ferlab('demo', '--port', '70000');
  assert.equal(port.status, 2);
  assert.match(port.stderr, /a port is 0 to 65535/);
});

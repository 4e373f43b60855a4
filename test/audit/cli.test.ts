import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(__dirname, '../..');

function ferlab(...words: string[]) {
  const main = path.join(root, 'src/cli/main.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...words], { cwd: root, encoding: 'utf8' });
}

test('ferlab audit prints text, JSON and a page, and names what is wrong with a claim', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ferlab-audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const page = path.join(folder, 'audit.html');
  const text = ferlab('audit', 'claims/khaireddin-2021-private-test.json', '--html', page);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /impossible as printed/);
  assert.match(text.stdout, /can not come from PrivateTest \(55\)/);
  const html = readFileSync(page, 'utf8');
  assert.match(html, /^<!doctype html>/);
  assert.doesNotMatch(html, /<script|https?:/);
  const json = ferlab('audit', 'claims/accuracy-73-28.json', '--json');
  assert.equal(JSON.parse(json.stdout).verdict, 'consistent');
  const bad = path.join(folder, 'bad.json');
  writeFileSync(bad, '{"title":"t","classes":["a","b"],"supports":{"a":-1}}');
  const failed = ferlab('audit', bad);
  assert.equal(failed.status, 2);
  assert.match(failed.stderr, /supports\.a/);
  assert.match(failed.stderr, /remedy: /);
});

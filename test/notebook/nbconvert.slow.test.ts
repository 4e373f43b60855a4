import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { JSDOM } from 'jsdom';
import { findPython } from '../../src/notebook/python';
import { projectRoot } from '../../src/paths';

test('as a page, every picture of every notebook has an alternative text of its own', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-pages-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const notebooks = readdirSync(join(projectRoot(), 'notebooks')).filter((name) => name.endsWith('.ipynb'));
  const words = ['-m', 'nbconvert', '--to', 'html', '--output-dir', folder, ...notebooks];
  const { status, stderr } = spawnSync(findPython(), words, {
    cwd: join(projectRoot(), 'notebooks'),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /Alternative text is missing/);
  for (const name of readdirSync(folder)) {
    const { document } = new JSDOM(readFileSync(join(folder, name), 'utf8')).window;
    const texts = [...document.querySelectorAll('img')].map((image) => image.alt.trim());
    assert.ok(
      texts.every((text) => text.length > 0),
      name,
    );
    assert.equal(new Set(texts).size, texts.length, `${name}: ${texts.join('; ')}`);
  }
});

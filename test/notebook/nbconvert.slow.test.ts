import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('a picture of pixels has the alternative text of its output', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-template-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const template = join(folder, 'templates/own');
  cpSync(join(projectRoot(), 'setup/nbconvert-template'), template, { recursive: true });
  writeFileSync(join(template, 'conf.json'), '{ "base_template": "lab" }');
  const outputs = ['image/png', 'image/jpeg'].map((kind) => ({
    output_type: 'display_data',
    data: { [kind]: 'AAAA', 'text/plain': 'one' },
    metadata: { [kind]: { alt: `a "face" as ${kind}` } },
  }));
  const cells = [{ cell_type: 'code', id: 'a', source: '', metadata: {}, outputs, execution_count: null }];
  writeFileSync(
    join(folder, 'a.ipynb'),
    JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  );
  const words = ['-m', 'nbconvert', '--to', 'html', '--HTMLExporter.template_name=own', 'a.ipynb'];
  const paths = `--HTMLExporter.extra_template_basedirs=${join(folder, 'templates')}`;
  const { status, stderr } = spawnSync(findPython(), [...words, paths], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const { document } = new JSDOM(readFileSync(join(folder, 'a.html'), 'utf8')).window;
  const texts = [...document.querySelectorAll('img')].map((image) => image.alt);
  assert.deepEqual(texts, ['a "face" as image/png', 'a "face" as image/jpeg']);
});

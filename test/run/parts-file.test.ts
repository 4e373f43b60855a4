import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadParts, saveParts } from '../../src/run/parts-file';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-parts-'));
after(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'parts.txt');
const PARTS = {
  datasetSha256: 'abc',
  training: Uint32Array.of(0, 3, 4, 101, 149),
  validation: Uint32Array.of(1, 99),
  test: Uint32Array.of(2, 100),
};

test('parts come back as they were, and rows of none stay out', () => {
  saveParts(path, PARTS, 150);
  assert.deepEqual(loadParts(path, 'abc'), PARTS);
  const [, first, second, ...rest] = readFileSync(path, 'utf8').split('\n');
  assert.equal(first, `01200${'-'.repeat(94)}1`);
  assert.equal(second, `20${'-'.repeat(47)}0`);
  assert.deepEqual(rest, ['']);
});

test('parts of other data, too few rows and unknown parts are refused', () => {
  saveParts(path, PARTS, 150);
  const text = readFileSync(path, 'utf8');
  assert.throws(() => loadParts(path, 'other'), /the rows belong to other data/);
  const changed: [string, RegExp][] = [
    [text.replace('-1\n', '-\n'), /149 rows instead of 150/],
    [text.replace('01200', '01300'), /a part other than/],
    [text.replace('# ferlab-parts-1', '# parts'), /does not describe parts/],
  ];
  for (const [content, pattern] of changed) {
    writeFileSync(path, content);
    assert.throws(() => loadParts(path, 'abc'), pattern);
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadJson } from '../../src/run/json-file';
import { loadStudy } from '../../src/study/definition';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-json-'));
after(() => rmSync(folder, { recursive: true }));

test('a missing file is said to be missing, with the remedy of its kind', () => {
  const path = join(folder, 'missing.json');
  assert.throws(() => loadJson(path, 'restore it'), {
    message: `${path}: there is no such file`,
    remedy: 'restore it',
  });
  assert.throws(() => loadStudy(path), { remedy: /studies\// });
});

test('a file that is no JSON is said to be none', () => {
  const path = join(folder, 'cut.json');
  writeFileSync(path, '{"epochs": ');
  assert.throws(() => loadJson(path, 'restore it'), { message: /cut\.json: .*JSON/, remedy: 'restore it' });
});

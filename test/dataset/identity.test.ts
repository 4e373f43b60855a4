import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { identityOf } from '../../src/dataset/cache';
import { loadDataset } from '../../src/dataset/load';
import { csvLines, pixelText, scratchFolder, writeCsv } from './files';

test('a file that is overwritten with as many bytes, and set back in time, is read again', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  utimesSync(path, 1000, 1000);
  const before = await loadDataset({ path });
  assert.equal(before.labels[0], 0);
  const text = readFileSync(path, 'utf8').replace('\n0,', '\n5,');
  writeFileSync(path, text);
  utimesSync(path, 1000, 1000);
  const after = await loadDataset({ path });
  assert.equal(after.labels[0], 5);
  assert.notEqual(after.source.sha256, before.source.sha256);
});

test('a change in any file of a large folder changes its identity', (t) => {
  const folder = join(scratchFolder(t), 'pictures');
  mkdirSync(folder);
  const names = Array.from({ length: 1500 }, (_, i) => join(folder, `${String(i).padStart(4, '0')}.png`));
  for (const name of names) writeFileSync(name, 'x');
  const identities = new Set([identityOf(folder)]);
  for (const name of [names[0]!, names[750]!, names.at(-1)!]) {
    writeFileSync(name, 'longer');
    identities.add(identityOf(folder));
  }
  assert.equal(identities.size, 4);
});

for (const [columns, row, message] of [
  [['emotion', 'pixels', 'Usage'], `3,${pixelText(1)}`, /row 2\): Usage "" is not one of/],
  [['pixels', 'Usage', 'emotion'], `${pixelText(1)},Training`, /row 2\): emotion "" is not a number/],
] as const) {
  test(`a row that ends before its ${columns[2]} takes nothing from the row before`, async (t) => {
    const whole = { emotion: '4', pixels: pixelText(0), Usage: 'Training' };
    const first = columns.map((column) => whole[column]).join(',');
    const path = writeCsv(scratchFolder(t), [columns.join(','), first, row]);
    await assert.rejects(loadDataset({ path }), message);
  });
}

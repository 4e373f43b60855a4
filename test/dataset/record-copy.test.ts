import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeCopy, formatDescription, recordCopy, unusualIn } from '../../src/dataset/describe';
import { loadDataset } from '../../src/dataset/load';
import { buildSample } from '../../src/dataset/sample';
import { describeDataset } from '../../src/run/record';
import { datasetRecordSchema } from '../../src/run/record-file';
import { csvLines, scratchFolder, writeCsv } from './files';

test('a record keeps how a copy was read, what differs in it and what lies in two parts', async (t) => {
  const lines = csvLines();
  // The first image of PublicTest is that of the first row of Training.
  lines[15] = lines[1]!.replace('Training', 'PublicTest');
  const dataset = await loadDataset({ path: writeCsv(scratchFolder(t), lines), onNote: () => undefined });
  const { copy } = datasetRecordSchema.parse(describeDataset(dataset));
  assert.deepEqual(copy, recordCopy(dataset));
  assert.equal(copy!.form, 'CSV');
  assert.equal(copy!.isOrderAssumed, true);
  assert.match(copy!.differences!, /Training has 14 images, not 28,709/);
  const exact = copy!.leaks.find(({ kind }) => kind === 'exact')!;
  assert.deepEqual(
    [exact.part, exact.inPart, exact.images, exact.examples],
    ['PublicTest', 'Training', 1, [[14, 0]]],
  );
  const said = unusualIn(dataset).join('\n');
  assert.match(said, /1 of PublicTest has an exact copy in Training \(rows 15 and 1\)/);
});

test('the sample is not read, and has no counts to differ from', async () => {
  const sample = buildSample({ seed: 1 });
  assert.equal(describeDataset(sample).copy, undefined);
  assert.match(formatDescription(describeCopy(sample)), /counts: there are no official ones/);
});

test('text and JSON of `data info` say the same', async (t) => {
  const folder = scratchFolder(t);
  const dataset = await loadDataset({ path: writeCsv(folder, csvLines()), onNote: () => undefined });
  const description = describeCopy(dataset);
  const text = formatDescription(description);
  const { duplicates, counts, source, ...rest } = description;
  assert.ok(text.includes(source.sha256) && text.includes(join(folder, 'fer2013.csv')));
  for (const value of [
    rest.form,
    rest.classEvidence,
    rest.partEvidence,
    rest.differences!,
    ...rest.classes,
    ...rest.parts,
  ])
    assert.ok(text.includes(value), value);
  assert.match(
    text,
    new RegExp(`${duplicates.distinct} distinct images; ${duplicates.groups} occur more than once`),
  );
  assert.ok(counts.every((row) => row.every((count) => text.includes(String(count)))));
});

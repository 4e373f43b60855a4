import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { checkCopies } from '../../src/protocol/copies';
import { asProtocolImages } from '../../src/protocol/images';
import { plant } from './planted';

const KIND = { exact: 'exact', mirrored: 'mirrored', reencoded: 're-encoded', resized: 'resized' };

test('planted copies are found, each as what it is, and all of them are named', async () => {
  // Of the sample, rows 0-1469 are Training, 1785-2099 PrivateTest.
  const sample = asProtocolImages(buildSample({ seed: 5 }), 'sample');
  const before = new Set(checkCopies(sample).copies.map(({ image }) => image));
  const free = [...Array(315).keys()].map((i) => 1785 + i).filter((row) => !before.has(`row ${row + 1}`));
  const { images, planted } = await plant(sample, { exact: 5, mirrored: 4, reencoded: 4, resized: 4 }, free);
  const { findings, copies } = checkCopies({ ...sample, ...images });
  for (const [row, kind] of planted) {
    const found = copies.find(({ image }) => image === `row ${row + 1}`);
    assert.equal(found?.part, 'PrivateTest');
    if (kind !== 'resized') assert.equal(found.kind, KIND[kind]);
    else assert.match(found.kind, /resized|re-encoded/);
  }
  const exact = findings.find(({ text }) => text.includes('an exact copy in Training'))!;
  assert.equal(exact.verdict, 'leak');
  assert.match(exact.text, /^5 of PrivateTest have an exact copy in Training$/);
  assert.equal(exact.examples.length, 5);
  assert.match(exact.examples[0]!, /^row \d+ and row \d+$/);
});

test('parts without a common image are clean', () => {
  const sample = asProtocolImages(buildSample({ seed: 5 }), 'sample');
  const usages = sample.usages.map(() => 0);
  const { findings, copies } = checkCopies({ ...sample, usages });
  assert.deepEqual(copies, []);
  assert.deepEqual(
    findings.map(({ verdict }) => verdict),
    ['clean'],
  );
});

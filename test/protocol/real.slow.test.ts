import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCopiesAcross } from '../../src/dataset/leaks';
import { loadDataset } from '../../src/dataset/load';
import type { PartedImages } from '../../src/dataset/parted-images';
import { findFer2013 } from '../real-data';
import { plant } from './planted';

const { path, skip } = findFer2013();

test('on FER-2013, 20 exact, 10 mirrored and 10 re-encoded copies are all found, and at most one other image', {
  skip,
}, async () => {
  const { spec, count, images, usages } = await loadDataset({ path });
  const own = findCopiesAcross({ spec, count, images, usages }, { resized: true });
  // The test part without the copies that it has of its own.
  const copies = new Set(own.map(({ row }) => row));
  const rows = [...usages.keys()].filter(
    (row) => usages[row] === 0 || (usages[row] === 2 && !copies.has(row)),
  );
  const rest: PartedImages = {
    spec,
    count: rows.length,
    images: Buffer.concat(rows.map((row) => images.subarray(row * 2304, (row + 1) * 2304))),
    usages: Uint8Array.from(rows, (row) => usages[row]!),
  };
  const test = [...rest.usages.keys()].filter((row) => rest.usages[row] === 2);
  const free = test.filter((_, i) => i % 50 === 0);
  const { images: leaky, planted } = await plant(rest, { exact: 20, mirrored: 10, reencoded: 10 }, free);
  const found = new Map(findCopiesAcross(leaky, { resized: true }).map(({ row, kind }) => [row, kind]));
  const kinds = { exact: 'exact', mirrored: 'mirrored', reencoded: 're-encoded', resized: 'resized' };
  for (const [row, kind] of planted) assert.equal(found.get(row), kinds[kind], `${row}`);
  assert.ok(found.size <= planted.size + 1, `${found.size - planted.size} false alarms`);
});

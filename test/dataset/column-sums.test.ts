import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ColumnSums } from '../../src/dataset/column-sums';
import { randomStream } from '../../src/random';

/** Grey levels that no two columns share. */
function randomLevels(count: number): Uint8Array {
  const stream = randomStream(7, 'column sums');
  return Uint8Array.from({ length: count }, () => stream.integer(256));
}

function plainSums(
  images: Uint8Array,
  offset: number,
  side: number,
  [first, last]: readonly [number, number],
) {
  return Array.from({ length: side }, (_, x) => {
    let sum = 0;
    for (let y = first; y < last; y++) sum += images[offset + y * side + x]!;
    return sum;
  });
}

test('the columns of a band are added up, by words of four pixels and one by one', () => {
  const memory = randomLevels(4 * 300 * 300 + 3);
  const shifted = memory.subarray(3); // begins within a word
  for (const side of [8, 6, 48, 300]) {
    const sums = new ColumnSums(side);
    for (const images of [memory, shifted])
      for (const band of [
        [0, side],
        [1, 3],
        [side - 1, side],
      ] as const)
        for (const offset of [0, side * side]) {
          sums.addBand(images, offset, band);
          assert.deepEqual(
            [...sums.sums],
            plainSums(images, offset, side, band),
            `side ${side}, lines ${band}`,
          );
        }
  }
});

test('white columns of as many lines as 16 bits hold, and one more', () => {
  for (const lines of [257, 258]) {
    const sums = new ColumnSums(260);
    sums.addBand(new Uint8Array(260 * 260).fill(255), 0, [0, lines]);
    assert.deepEqual(new Set(sums.sums), new Set([255 * lines]));
  }
});

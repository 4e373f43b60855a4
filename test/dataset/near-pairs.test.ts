import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summarizeNearPairs } from '../../src/dataset/near-pairs';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { randomStream } from '../../src/random';

const SIDE = 48;
const { integer } = randomStream(7, 'near pairs');
/** Nine blocks in a line, eight in a column, each of one grey level. */
const blocks = Array.from({ length: 72 }, () => 40 + 2 * integer(80));

function draw(levels: readonly number[], mirror = false): number[] {
  return Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [y, x] = [Math.floor(i / SIDE), i % SIDE];
    const column = Math.floor(((mirror ? SIDE - 1 - x : x) * 9) / SIDE);
    return levels[Math.floor((y * 8) / SIDE) * 9 + column]!;
  });
}

/** With the first block of a line darker than its neighbour where it was brighter, or the other way round. */
const changed = blocks.map((level, i) => (i === 0 ? (blocks[0]! < blocks[1]! ? 255 : 0) : level));
const others = Array.from({ length: 72 }, () => 40 + 2 * integer(80));

const IMAGES: readonly (readonly [label: number, part: number, pixels: number[]])[] = [
  [3, 0, draw(blocks)],
  [3, 1, draw(blocks)], // an exact copy in another part
  [4, 2, draw(blocks).map((level) => level + 1)], // brighter, with another label
  [3, 2, draw(changed, true)], // mirrored, one bit apart
  [0, 0, draw(others)],
  [0, 1, new Array<number>(SIDE * SIDE).fill(9)],
];

test('pairs are counted once, at their distance, with the labels that agree', () => {
  const dataset = {
    spec: FER2013,
    count: IMAGES.length,
    labels: Uint8Array.from(IMAGES.map(([label]) => label)),
    usages: Uint8Array.from(IMAGES.map(([, part]) => part)),
    images: Uint8Array.from(IMAGES.flatMap(([, , pixels]) => pixels)),
    source: { path: '', format: 'test', sha256: '' },
  };
  const { rows, chance } = summarizeNearPairs(dataset);
  const row = (distance: number | null) => {
    const { pairs, agreeing, groups, withTraining } = rows.find((one) => one.distance === distance)!;
    return [pairs, agreeing, groups, withTraining.PublicTest, withTraining.PrivateTest];
  };
  assert.deepEqual(row(null), [1, 1, 1, 1, 0]);
  assert.deepEqual(row(0), [2, 0, 1, 1, 1]); // the brighter one and each of the two copies
  assert.deepEqual(row(1), [3, 2, 1, 1, 2]); // the mirrored one and each of the three
  assert.deepEqual(row(12), [0, 0, 1, 1, 2]);
  // Three images of class 3 and two of class 0 make 3 + 1 of the 15 pairs.
  assert.ok(Math.abs(chance - 4 / 15) < 1e-12, `${chance}`);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBmp } from '../../src/preprocess/bmp';

const COLOURS = [
  [10, 20, 30],
  [40, 50, 60],
  [70, 80, 90],
] as const;

/** Three by two pixels, by the numbers of their colours, from the top. */
const PICTURE = [
  [0, 1, 2],
  [2, 2, 0],
];

const expected = PICTURE.flat().flatMap((index) => [...COLOURS[index]!]);

/** A bitmap of OS/2: a header of 12 bytes, sizes of 16 bits, colours of three bytes. */
function os2Bitmap(bits: 1 | 4 | 8 | 24, rows: readonly (readonly number[])[] = PICTURE): Buffer {
  const head = Buffer.alloc(26);
  const palette =
    bits === 24 ? [] : COLOURS.slice(0, 2 ** bits).flatMap(([red, green, blue]) => [blue, green, red]);
  head.write('BM');
  head.writeUInt32LE(26 + palette.length, 10);
  head.writeUInt32LE(12, 14);
  head.writeUInt16LE(3, 18);
  head.writeUInt16LE(2, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt16LE(bits, 24);
  const lines = rows.toReversed().map((row) => packed(row, bits));
  return Buffer.concat([head, Buffer.from(palette), ...lines]);
}

/** A line of pixels, filled up to four bytes. */
function packed(row: readonly number[], bits: number): Buffer {
  const bytes = bits === 24 ? row.flatMap((index) => [...COLOURS[index]!].reverse()) : indices(row, bits);
  return Buffer.concat([Buffer.from(bytes)], Math.ceil(bytes.length / 4) * 4);
}

function indices(row: readonly number[], bits: number): number[] {
  const text = row.map((index) => index.toString(2).padStart(bits, '0')).join('');
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '0');
  return (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}

for (const bits of [4, 8, 24] as const)
  test(`a bitmap of OS/2 with ${bits} bits a pixel gives its colours, from the top`, () => {
    const { pixels, width, height } = decodeBmp(os2Bitmap(bits), 100);
    assert.deepEqual([width, height], [3, 2]);
    assert.deepEqual([...pixels], expected);
  });

test('a bitmap of OS/2 with one bit a pixel gives its two colours', () => {
  const rows = [
    [0, 1, 0],
    [1, 1, 0],
  ];
  const { pixels } = decodeBmp(os2Bitmap(1, rows), 100);
  assert.deepEqual(
    [...pixels],
    rows.flat().flatMap((index) => [...COLOURS[index]!]),
  );
});

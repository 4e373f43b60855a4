import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { ImageDataset } from '../../src/dataset/dataset';
import { describeCopy, formatDescription } from '../../src/dataset/describe';
import { findLeaks } from '../../src/dataset/leaks';
import { loadDataset } from '../../src/dataset/load';
import { buildSample } from '../../src/dataset/sample';
import { findFer2013 } from '../real-data';
import { scratchFolder } from './files';

const PIXELS = 48 * 48;

const image = ({ images }: ImageDataset, row: number) => images.slice(row * PIXELS, (row + 1) * PIXELS);

/** The dataset with the images of some rows replaced. */
async function planted(
  dataset: ImageDataset,
  copies: readonly (readonly [
    row: number,
    from: number,
    change: (pixels: Uint8Array) => Promise<Uint8Array>,
  ])[],
): Promise<ImageDataset> {
  const images = dataset.images.slice();
  for (const [row, from, change] of copies) images.set(await change(image(dataset, from)), row * PIXELS);
  return { ...dataset, images };
}

const same = async (pixels: Uint8Array) => pixels;
const mirror = async (pixels: Uint8Array) => pixels.map((_, i) => pixels[i - (i % 48) + 47 - (i % 48)]!);
const jpeg = async (pixels: Uint8Array) => {
  const encoded = await sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return new Uint8Array(await sharp(encoded).greyscale().raw().toBuffer());
};

test('planted copies across parts are found, each as what it is, and nothing else', async () => {
  // Of the sample, rows 0-1469 are Training, 1470-1784 PublicTest, 1785-2099 PrivateTest.
  const sample = buildSample({ seed: 5 });
  assert.deepEqual(findLeaks(sample), []);
  const dataset = await planted(sample, [
    ...[0, 1, 2, 3, 4].map((i) => [1800 + i, 10 * i, same] as const),
    ...[5, 6, 7].map((i) => [1900 + i, 10 * i, mirror] as const),
    ...[8, 9, 10, 11].map((i) => [1500 + i, 10 * i, jpeg] as const),
    [3, 7, same], // a copy within a part is none across parts
  ]);
  const leaks = findLeaks(dataset);
  assert.deepEqual(
    leaks.map(({ kind, part, inPart, images }) => [kind, part, inPart, images]),
    [
      ['exact', 'PrivateTest', 'Training', 5],
      ['mirrored', 'PrivateTest', 'Training', 3],
      ['re-encoded', 'PublicTest', 'Training', 4],
    ],
  );
  assert.deepEqual(leaks[0]!.examples, [
    [1800, 0],
    [1801, 10],
    [1802, 20],
  ]);
});

const { path, skip } = findFer2013();

test('the genuine data: exact copies as others counted them, few others; text and JSON say the same', {
  skip,
}, async (t) => {
  const dataset = await loadDataset({ path });
  scratchFolder(t);
  const description = describeCopy(dataset);
  const exact = description.leaks.filter(({ kind }) => kind === 'exact');
  assert.deepEqual(
    exact.map(({ part, inPart, images }) => [part, inPart, images]),
    [
      ['PublicTest', 'Training', 280],
      ['PrivateTest', 'Training', 288],
      ['PrivateTest', 'PublicTest', 26],
    ],
  );
  assert.ok(description.leaks.every(({ kind, images }) => kind === 'exact' || images < 60));
  assert.equal(description.differences, null);
  const text = formatDescription(description);
  for (const value of [description.form, description.classEvidence, description.partEvidence])
    assert.ok(text.includes(value));
  for (const { images } of description.leaks)
    assert.match(text, new RegExp(`copies across parts: ${images} of`));
  for (const counts of description.counts)
    for (const count of counts) assert.ok(text.includes(String(count)));
  if (description.genuine !== null) assert.match(text, /genuine, by its content/);
  const planted20 = await planted(
    dataset,
    [...Array(40).keys()].map(
      (i) => [32_300 + 50 * i, 1000 + 500 * i, i < 20 ? same : i < 30 ? mirror : jpeg] as const,
    ),
  );
  const more = findLeaks(planted20).filter(
    ({ part, inPart }) => part === 'PrivateTest' && inPart === 'Training',
  );
  const before = (kind: string) =>
    description.leaks.find(
      (leak) => leak.kind === kind && leak.part === 'PrivateTest' && leak.inPart === 'Training',
    )?.images ?? 0;
  for (const [kind, count] of [
    ['exact', 20],
    ['mirrored', 10],
    ['re-encoded', 10],
  ] as const) {
    const found = more.find((leak) => leak.kind === kind)?.images ?? 0;
    // A replaced row may have been a copy itself.
    assert.ok(
      found >= before(kind) + count - 5 && found <= before(kind) + count,
      `${kind}: ${found}, ${before(kind)} before`,
    );
  }
});

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { loadDataset } from '../../src/dataset/load';
import { decodeSource, type PictureSource } from '../../src/dataset/readers/picture-source';
import { PictureThreads } from '../../src/dataset/readers/picture-threads';
import { randomStream } from '../../src/random';
import { zipOf } from '../fuzz/archives';
import { drawImage } from '../fuzz/truth';
import { scratchFolder } from './files';

const SIDE = 48;

const grey = (pixels: Uint8Array) =>
  sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 1 } }).toColourspace('b-w');

/** Levels of some pictures, in order, and how each of them is written. */
async function drawPictures(count: number): Promise<{ pixels: Uint8Array; png: Buffer; jpeg: Buffer }[]> {
  const random = randomStream(1, 'threads');
  return Promise.all(
    Array.from({ length: count }, async () => {
      const pixels = drawImage(random);
      return { pixels, png: await grey(pixels).png().toBuffer(), jpeg: await grey(pixels).jpeg().toBuffer() };
    }),
  );
}

async function decodeAll(threads: PictureThreads, sources: readonly (PictureSource | null)[]) {
  const decoded: (Uint8Array | null)[] = [];
  for await (const some of threads.decode(
    sources.map((source) => ({ source })),
    SIDE,
  ))
    decoded.push(...some.map(([, levels]) => levels && Uint8Array.from(levels)));
  return decoded;
}

test('threads give the levels of one alone, in order, and null for what they leave to others', async (t) => {
  const folder = scratchFolder(t);
  const pictures = await drawPictures(20);
  const table = Buffer.concat(pictures.map(({ png }) => png));
  let end = 0;
  const sources = pictures.flatMap(({ png, jpeg }, i): (PictureSource | null)[] => {
    writeFileSync(join(folder, `${i}.jpg`), jpeg);
    end += png.length;
    return [table.subarray(end - png.length, end), join(folder, `${i}.jpg`), null, join(folder, 'gone.png')];
  });
  const many = Array.from({ length: 10 }, () => sources).flat();
  const alone = many.map((source) => decodeSource(source, SIDE));
  assert.deepEqual(alone[0], pictures[0]!.pixels);
  for (const count of [0, 1, 3]) {
    const threads = new PictureThreads(count);
    assert.deepEqual(await decodeAll(threads, many), alone, `${count} threads`);
    await threads.stop();
    assert.deepEqual(await decodeAll(threads, many.slice(0, 300)), alone.slice(0, 300), 'after they ended');
  }
});

test('thousands of pictures, of which some are unusual, are read the same from a folder and a zip', async (t) => {
  const folder = scratchFolder(t);
  const pictures = await drawPictures(10);
  const rgb = await grey(pictures[3]!.pixels).toColourspace('srgb').png().toBuffer();
  const files: Record<string, Buffer> = {};
  const expected: Uint8Array[] = [];
  mkdirSync(join(folder, 'data/train/happy'), { recursive: true });
  for (let i = 0; i < 2100; i++) {
    const { pixels, png } = pictures[i % 10]!;
    const name = `train/happy/Training_${i}.png`;
    files[name] = i === 1003 ? rgb : png;
    expected.push(pixels);
    writeFileSync(join(folder, 'data', name), files[name]);
  }
  writeFileSync(join(folder, 'data.zip'), await zipOf(files));
  for (const path of ['data', 'data.zip']) {
    const { images, count } = await loadDataset({ path: join(folder, path), onNote: () => undefined });
    assert.equal(count, 2100);
    assert.ok(Buffer.from(images).equals(Buffer.concat(expected)), path);
  }
  writeFileSync(join(folder, 'data/train/happy/Training_1500.png'), 'no picture');
  await assert.rejects(
    loadDataset({ path: join(folder, 'data') }),
    /Training_1500\.png: this is not a picture/,
  );
});

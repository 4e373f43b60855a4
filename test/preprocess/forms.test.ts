import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { preparePicture } from '../../src/preprocess/prepare-picture';
import { temporaryFolder } from '../temporary';

type Pictures = Readonly<Record<string, string>>;

interface Fixtures {
  readonly levels: readonly number[];
  readonly twoLevels: readonly number[];
  readonly same: Pictures;
  readonly twoLevelPictures: Pictures;
  readonly lossy: Pictures;
  readonly refused: Pictures;
}

/** One picture of 8x8 in every form, written by Pillow and tifffile; see make_pictures.py. */
const fixtures = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'pictures.json'), 'utf8')) as Fixtures;

const prepare = (text: string, name: string) =>
  preparePicture(Buffer.from(text, 'base64'), { name, side: 8 });

for (const [name, text] of Object.entries(fixtures.same)) {
  test(`${name} of the right size keeps every level`, async () => {
    const { image, notes } = await prepare(text, name);
    assert.deepEqual([...image], fixtures.levels);
    const isUnusual = /^(animated|pages|float|rgb-float|bytes-in)/.test(name);
    assert.equal(notes.length > 0, isUnusual, notes.join());
  });
}

for (const [name, text] of Object.entries(fixtures.twoLevelPictures)) {
  test(`${name} becomes black and white`, async () => {
    assert.deepEqual([...(await prepare(text, name)).image], fixtures.twoLevels);
  });
}

for (const [name, text] of Object.entries(fixtures.lossy)) {
  test(`${name} keeps its levels but for the loss of its form`, async () => {
    const tolerance = name.startsWith('cmyk') ? 25 : 6;
    for (const [i, level] of (await prepare(text, name)).image.entries()) {
      assert.ok(Math.abs(level - fixtures.levels[i]!) <= tolerance, `pixel ${i} is ${level}`);
    }
  });
}

for (const [name, text] of Object.entries(fixtures.refused)) {
  test(`${name} is refused with a remedy`, async () => {
    await assert.rejects(prepare(text, name), (error: unknown) => {
      assert.ok(error instanceof FerlabError);
      assert.match(error.message, new RegExp(`^${name.replaceAll('.', '\\.')}: `));
      assert.ok(error.remedy);
      return true;
    });
  });
}

test('an animation says that its first frame was taken', async () => {
  const { notes } = await prepare(fixtures.same['animated.gif']!, 'a');
  assert.match(notes.join(), /first of 2/);
});

test('HEIC, web pages and pointers are called what they are', async () => {
  const files = {
    HEIC: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
    HTML: Buffer.from('<!DOCTYPE html><html><body>Sign in</body></html>'),
    'Git LFS pointer': Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'),
  };
  for (const [format, bytes] of Object.entries(files)) {
    await assert.rejects(preparePicture(bytes, { name: 'face.jpg', side: 8 }), {
      message: `face.jpg: ${format} can't be decoded`,
    });
  }
});

test('a file that is missing, empty or a folder is told as such', async () => {
  const options = { name: 'x', side: 8 };
  await assert.rejects(preparePicture(join(__dirname, 'nowhere.jpg'), options), /x: no such file/);
  await assert.rejects(preparePicture(__dirname, options), /x: this is a folder/);
  await assert.rejects(preparePicture(new Uint8Array(), options), /x: the file is empty/);
});

test('a pipe, a device and a link that leads to itself are refused at once', async (t) => {
  const folder = temporaryFolder(t);
  const [pipe, loop] = [join(folder, 'pipe.jpg'), join(folder, 'loop.jpg')];
  execFileSync('mkfifo', [pipe]);
  symlinkSync(loop, loop);
  const options = { name: 'x', side: 8 };
  for (const path of [pipe, '/dev/zero'])
    await assert.rejects(preparePicture(path, options), /x: this is a pipe or a device/);
  await assert.rejects(preparePicture(loop, options), /x: its symbolic links form a circle/);
});

test('a BMP of any shape is decoded, and a broken one is refused', async () => {
  const bmp = Buffer.from(fixtures.same['grey.bmp']!, 'base64');
  const topDown = Buffer.from(Buffer.from(fixtures.same['rgb.bmp']!, 'base64'));
  topDown.writeInt32LE(-8, 22);
  const flipped = Array.from({ length: 8 }, (_, y) => fixtures.levels.slice(8 * (7 - y), 8 * (8 - y))).flat();
  assert.deepEqual([...(await preparePicture(topDown, { name: 'x', side: 8 })).image], flipped);

  const changed = (at: number, value: number) => {
    const copy = Buffer.from(bmp);
    copy.writeUInt32LE(value, at);
    return copy;
  };
  const broken = {
    'no width': changed(18, 0),
    'a bomb': changed(18, 100_000_000),
    compressed: changed(30, 1),
    'pixels beyond the end': changed(10, 100_000),
    cut: bmp.subarray(0, bmp.length - 1),
    'a header': bmp.subarray(0, 20),
    'a palette of one': changed(10, 58),
  };
  for (const [name, bytes] of Object.entries(broken)) {
    await assert.rejects(preparePicture(bytes, { name, side: 8 }), FerlabError, name);
  }
});

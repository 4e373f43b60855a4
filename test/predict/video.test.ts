import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkFfmpeg, type Frame, framesOf } from '../../src/predict/video';
import { temporaryFolder } from '../temporary';

/** Puts a program named ffmpeg first on the path that runs this code with its words in `words`. */
function fakeFfmpeg(t: TestContext, code: string): string {
  const folder = temporaryFolder(t);
  const path = join(folder, 'ffmpeg');
  writeFileSync(path, `#!${process.execPath}\nconst words = process.argv.slice(2);\n${code}\n`);
  chmodSync(path, 0o755);
  const before = process.env.PATH;
  process.env.PATH = folder;
  t.after(() => {
    process.env.PATH = before;
  });
  return folder;
}

async function all(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const list: Frame[] = [];
  for await (const frame of frames) list.push(frame);
  return list;
}

/** Three pictures of different sizes and levels, written in pieces that end anywhere. */
const WRITES = `
const pictures = [[2, 3], [4, 1], [1, 1]].map(([width, height], i) => Buffer.concat([
  Buffer.from('P6\\n' + width + ' ' + height + '\\n255\\n'), Buffer.alloc(width * height * 3, 32 + i)]));
const bytes = Buffer.concat(pictures);
const pieces = [3, 9, 17, 5, 1000];
(async () => {
  let at = 0;
  for (const size of pieces) {
    process.stdout.write(bytes.subarray(at, at + size));
    at += size;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
})();`;

test('the pictures of a video come in order with their times, however the stream is cut', async (t) => {
  fakeFfmpeg(t, `require('node:fs').writeFileSync(__filename + '.words', JSON.stringify(words));${WRITES}`);
  const frames = await all(framesOf('a:b.mp4', 4));
  assert.deepEqual(
    frames.map(({ seconds, picture: { width, height, channels, pixels } }) => [
      ...[seconds, width, height, channels],
      ...[pixels.length, new Set(pixels).size, pixels[0]],
    ]),
    [
      [0, 2, 3, 3, 18, 1, 32],
      [0.25, 4, 1, 3, 12, 1, 33],
      [0.5, 1, 1, 3, 3, 1, 34],
    ],
  );
});

test('ffmpeg is asked for that many pictures a second, of that file and nothing else', async (t) => {
  fakeFfmpeg(t, "process.stderr.write(words.join(' ')); process.exitCode = 1;");
  await assert.rejects(all(framesOf('a:b.mp4', 12.5)), (error: Error) => {
    assert.match(error.message, /^a:b\.mp4: ffmpeg can't decode it \(/);
    for (const part of ['-i file:a:b.mp4', '-vf fps=12.5', '-protocol_whitelist file,pipe', '-c:v ppm'])
      assert.ok(error.message.includes(part), part);
    return true;
  });
});

test('a video without a picture, one that breaks off, and a missing ffmpeg are told', async (t) => {
  fakeFfmpeg(t, '');
  checkFfmpeg();
  await assert.rejects(all(framesOf('x.mp4', 1)), /no picture in it/);
  fakeFfmpeg(t, `${WRITES}\nprocess.exitCode = 3; process.stderr.write('first\\nlast line');`);
  const seen: Frame[] = [];
  await assert.rejects(async () => {
    for await (const frame of framesOf('x.mp4', 1)) seen.push(frame);
  }, /\(last line\)/);
  assert.equal(seen.length, 3);
  fakeFfmpeg(t, 'process.exitCode = 1;');
  assert.throws(() => checkFfmpeg(), /ffmpeg, which was not found/);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { singleModels } from '../publish/single-models';
import { temporaryFolder } from '../temporary';
import { ferlab, ferlabReading } from './ferlab';
import type { Printed } from './printed';

/** A picture that looks like nothing in particular, but not the same from top and side. */
const noise = () =>
  sharp(Buffer.from(Array.from({ length: 48 * 48 }, (_, i) => (i * i * 31 + (i >> 6) * 5) & 255)), {
    raw: { width: 48, height: 48, channels: 1 },
  });

test('a missing and a broken picture are named, the others are predicted, and the exit status says so', async (t) => {
  const folder = temporaryFolder(t);
  const file = (name: string) => join(folder, name);
  await noise().png().toFile(file('upright.png'));
  await noise().rotate(90).withMetadata({ orientation: 8 }).png().toFile(file('turned.png'));
  writeFileSync(file('broken.png'), 'no picture');
  const paths = [file('upright.png'), file('none.png'), file('broken.png'), file('turned.png')];
  const { status, stdout, stderr } = ferlab('predict', '--model', singleModels()[0]!, '--json', ...paths);
  assert.equal(status, 2, stderr);
  const { pictures, failures } = JSON.parse(stdout) as Printed;
  assert.deepEqual(
    pictures.map(({ image }) => image),
    [paths[0], paths[3]],
  );
  const [upright, turned] = pictures.map(({ faces }) => faces[0]!.probabilities);
  assert.deepEqual(Object.keys(upright!), [...FER2013.classes]);
  assert.deepEqual(turned, upright, 'EXIF turns it upright');
  assert.deepEqual(
    failures.map(({ image }) => image),
    [paths[1], paths[2]],
  );
  assert.match(failures[0]!.problem, /no such file/);
  assert.match(failures[1]!.problem, /not a picture/);
  assert.ok(failures.every(({ remedy }) => remedy));
  assert.match(stderr, /2 of 4 pictures could not be read/);
});

test('nothing is loaded to say that no picture is there', (t) => {
  const started = performance.now();
  const { status, stdout, stderr } = ferlab('predict', join(temporaryFolder(t), 'none.jpg'));
  assert.deepEqual([status, stdout], [2, '']);
  assert.match(stderr, /none\.jpg: no such file\n {2}remedy: correct the path/);
  assert.doesNotMatch(stderr, /absl/, `TensorFlow was loaded in ${performance.now() - started} ms`);
});

const MODEL = ['--model', singleModels()[0]!];

test('a picture without a face is told so, on standard input too', async (t) => {
  const path = join(temporaryFolder(t), 'wall.png');
  await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } }).toFile(path);
  const { status, stdout } = ferlab('predict', ...MODEL, path);
  assert.equal(status, 3);
  assert.match(stdout, /wall\.png: no face found by mtcnn \(decode \d+ ms, detect \d+ ms/);
  const piped = ferlabReading(readFileSync(path), 'predict', ...MODEL, '-');
  assert.equal(piped.status, 3, piped.stderr);
  assert.match(piped.stdout, /^-: no face found/);
});

test('words that make no sense are refused before anything is loaded', (t) => {
  const folder = temporaryFolder(t);
  const refused = (message: RegExp, ...words: string[]) => {
    const { status, stdout, stderr } = ferlab('predict', ...words);
    assert.deepEqual([status === 0, stdout], [false, '']);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /absl/);
  };
  refused(/no picture was given/);
  refused(/there is no picture in/, folder);
  writeFileSync(join(folder, 'some.png'), '');
  refused(
    /no face detector "yolo"\n {2}remedy: choose among mtcnn, viola-jones, none/,
    '--detector',
    'yolo',
    folder,
  );
  refused(/there is no folder/, folder, '--csv', join(folder, 'none', 'x.csv'));
  refused(/is a folder, not a file/, folder, '--csv', folder);
  refused(/were both given/, folder, '--video', folder);
  refused(/no such file/, '--video', join(folder, 'none.mp4'));
  refused(/a number above 0/, '--video', folder, '--fps', '0');
  refused(/standard input was named twice/, '-', '-');
});

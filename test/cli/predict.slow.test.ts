import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { singleModels } from '../publish/single-models';
import { temporaryFolder } from '../train/tiny';
import { ferlab } from './ferlab';

interface Printed {
  readonly predictions: readonly { image: string; emotion: string; probabilities: Record<string, number> }[];
  readonly failures: readonly { image: string; problem: string; remedy: string }[];
}

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
  const { predictions, failures } = JSON.parse(stdout) as Printed;
  assert.deepEqual(
    predictions.map(({ image }) => image),
    [paths[0], paths[3]],
  );
  assert.deepEqual(Object.keys(predictions[0]!.probabilities), [...FER2013.classes]);
  assert.deepEqual(predictions[1]!.probabilities, predictions[0]!.probabilities, 'EXIF turns it upright');
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

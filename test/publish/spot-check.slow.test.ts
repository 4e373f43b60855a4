import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { emptyMemory, predictRun } from '../../src/predict/predict-run';
import { loadRunPredictions, openRun } from '../../src/run/open-run';
import { modelFolder, modelNames } from '../../src/run/published-models';
import { findFer2013 } from '../real-data';

/** Images of each part; `verify.long.test.ts` takes all of them. */
const COUNT = 64;

/** Published rows and probabilities of some images of both parts. */
function publishedSome(name: string): { row: number; probabilities: Float32Array }[] {
  return (['validation', 'test'] as const).flatMap((part) => {
    const { rows, probabilities } = loadRunPredictions(openRun(modelFolder(name)), part);
    const classes = probabilities.length / rows.length;
    return Array.from({ length: COUNT }, (_, i) => {
      const place = Math.floor((i * rows.length) / COUNT);
      return {
        row: rows[place]!,
        probabilities: probabilities.subarray(place * classes, (place + 1) * classes),
      };
    });
  });
}

describe('the published models on some images of the real FER-2013', { skip: findFer2013().skip }, () => {
  let dataset: ImageDataset;
  const memory = emptyMemory();
  before(async () => {
    dataset = await loadDataset({ path: findFer2013().path });
  });

  for (const name of modelNames()) {
    test(`${name} says what was published`, () => {
      const published = publishedSome(name);
      const rows = Uint32Array.from(published, ({ row }) => row);
      const here = predictRun(openRun(modelFolder(name)), dataset, rows, memory);
      const expected = published.flatMap(({ probabilities }) => [...probabilities]);
      assert.equal(here.length, expected.length);
      for (const [i, probability] of here.entries()) {
        const row = rows[Math.floor((i * rows.length) / here.length)];
        assert.ok(
          Math.abs(probability - expected[i]!) < 0.01,
          `image ${row}: ${probability}, ${expected[i]}`,
        );
      }
    });
  }
});

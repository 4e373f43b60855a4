import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import { loadDataset } from '../../src/dataset/load';
import { type VerifyMemory, verifyModel } from '../../src/publish/verify';
import { modelFolder, modelNames } from '../../src/run/published-models';
import { findFer2013 } from '../real-data';

/** Images that another processor may call another class: it adds in another order. */
const BORDERLINE = 0.001;

describe('the published models on the real FER-2013', { skip: findFer2013().skip }, () => {
  let dataset: ImageDataset;
  const memory: VerifyMemory = new Map();
  before(async () => {
    dataset = await loadDataset({ path: findFer2013().path });
  });

  for (const name of modelNames()) {
    test(`${name} is what was published`, () => {
      const { numbers, otherClasses, images, largestDifference } = verifyModel(
        modelFolder(name),
        dataset,
        memory,
      );
      assert.ok(
        otherClasses <= BORDERLINE * images,
        `${otherClasses} of ${images} images are called otherwise`,
      );
      assert.ok(largestDifference < 0.01, `a probability differs by ${largestDifference}`);
      if (otherClasses > 0) return;
      assert.deepEqual(
        numbers.filter(({ isReproduced }) => !isReproduced),
        [],
      );
    });
  }
});

import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { SealedTest } from '../dataset/sealed-test';
import { type Split, splitDataset } from '../dataset/split';
import { FerlabError } from '../errors';
import { loadParts } from './parts-file';
import { splitOf } from './record';
import type { Run } from './run';
import { runFiles } from './run-folder';

/**
 * The parts of a run on the data that its numbers come from. Where that is another copy than the run was trained on, a
 * random split can't be drawn again: the folder holds the rows of each part then.
 * @throws FerlabError when these rows are missing, or are of other data
 */
export function partsOf(run: Run, dataset: ImageDataset): Split {
  const split = splitOf(run.record);
  const path = runFiles(run.folder).parts;
  if (existsSync(path)) {
    const { training, validation, test } = loadParts(path, dataset.source.sha256);
    return { ...split, training, validation, test: new SealedTest(test) };
  }
  if (split.protocol === 'official' || !run.record.correction) return splitDataset(dataset, split);
  throw new FerlabError(`${path}: there is no such file`, {
    remedy: 'restore the file: if the split were drawn again, the test part would contain training images',
  });
}

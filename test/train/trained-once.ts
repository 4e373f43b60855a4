import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { ImageDataset } from '../../src/dataset/dataset';
import type { RunConfig } from '../../src/run/config';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';

/** Gives each test a folder of its own with the run of a training that is done once for all tests of the file. */
export function trainedOnce(config: RunConfig, dataset: ImageDataset): (t: TestContext) => Promise<string> {
  const original = mkdtempSync(join(tmpdir(), 'ferlab-trained-'));
  after(() => rmSync(original, { recursive: true, force: true }));
  let training: ReturnType<typeof trainRun> | undefined;
  return async (t) => {
    training ??= trainRun(config, { dataset, folder: original });
    await training;
    const folder = temporaryFolder(t);
    cpSync(original, folder, { recursive: true });
    return folder;
  };
}

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { confusionPicture } from '../../src/export/tensorboard/confusion-picture';
import { TrainingLog } from '../../src/export/tensorboard/training-log';
import { findPython } from '../../src/notebook/python';
import { openRun } from '../../src/run/open-run';
import type { NetworkRun } from '../../src/run/run';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';
import { trainedOnce } from '../train/trained-once';

interface Events {
  readonly scalars: Readonly<Record<string, [step: number, value: number][]>>;
  readonly images: Readonly<Record<string, [step: number, width: number, height: number, bytes: number][]>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly ended: boolean;
}

/** What TensorBoard's own reader finds. */
function readEvents(folder: string): Events {
  const words = [join(__dirname, 'read_events.py'), folder];
  return JSON.parse(
    execFileSync(findPython(), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}

describe('the events of a training', () => {
  const trained = trainedOnce(tinyConfig(), tinyDataset());

  test('hold for TensorBoard each epoch, the settings and the confusion matrix', async (t) => {
    const run = openRun(await trained(t)) as NetworkRun;
    const { config, bestEpoch } = run.record;
    const folder = temporaryFolder(t);
    const log = new TrainingLog(folder, config);
    for (let epochs = 0; epochs <= run.history.length; epochs++) log.update(run.history.slice(0, epochs));
    const picture = await confusionPicture(run);
    log.addPicture('confusion matrix', bestEpoch, picture);
    log.end();
    const { scalars, images, settings, ended } = readEvents(folder);
    const tags = {
      'loss/training': 'loss',
      'loss/validation': 'valLoss',
      'accuracy/training': 'accuracy',
      'accuracy/validation': 'valAccuracy',
      'learning rate': 'learningRate',
    } as const;
    assert.deepEqual(Object.keys(scalars).sort(), Object.keys(tags).sort());
    for (const [tag, field] of Object.entries(tags))
      assert.deepEqual(
        scalars[tag],
        run.history.map((epoch) => [epoch.epoch, Math.fround(epoch[field])]),
        tag,
      );
    const { width, height, png } = picture;
    assert.deepEqual(images, { 'confusion matrix': [[bestEpoch, width, height, png.length]] });
    assert.equal(settings.learningRate, config.learningRate);
    assert.equal(settings['optimizer.kind'], config.optimizer.kind);
    assert.equal(settings['augmentation.flip'], config.augmentation.flip);
    assert.equal(settings.imageSizes, JSON.stringify(config.imageSizes));
    assert.equal(ended, true);
  });

  test('of a resumed training replace those before, and an unfinished one has no end', async (t) => {
    const { record, history } = openRun(await trained(t)) as NetworkRun;
    const folder = temporaryFolder(t);
    new TrainingLog(folder, record.config).update(history.slice(0, 2));
    assert.equal(readEvents(folder).ended, false);
    new TrainingLog(folder, record.config).update(history);
    assert.equal(readdirSync(folder).length, 1);
    const steps = readEvents(folder).scalars['loss/training']!.map(([step]) => step);
    assert.deepEqual(steps, [1, 2, 3]);
  });
});

import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { isSample } from '../dataset/specs';
import { FerlabError } from '../errors';
import { plotTrainingCurves } from '../report/figures/training-curves';
import type { RunConfig } from '../run/config';
import type { NetworkRun } from '../run/run';
import { runFiles, runFolder } from '../run/run-folder';
import type { TrainingProgress } from '../train/progress';
import { trainRun } from '../train/train';
import type { TrainOptions } from '../train/training';
import { openSlot } from './display';
import { interruptible } from './interrupt';
import { toBundle } from './show';
import { TrainingView } from './training-view';

export interface TrainLiveOptions {
  readonly dataset: ImageDataset;
  /** Goes on from the checkpoint of an earlier, stopped training; an unfinished one of these settings in any case. */
  readonly resume?: boolean;
}

/** To go on gives the bits of a training that never stopped: an interrupted notebook may simply be run again. */
function goingOn(config: RunConfig, { dataset, resume }: TrainLiveOptions): TrainOptions {
  const { checkpoint } = runFiles(runFolder(config, dataset));
  const onNote = (note: string) => openSlot().write({ data: { 'text/plain': note } });
  return { dataset, resume: resume || existsSync(checkpoint), onNote };
}

const openView = (dataset: ImageDataset) => new TrainingView(dataset.source.format);

/**
 * Trains below the running cell: curves that grow with the epochs, and a line of progress, both at most twice a
 * second; at the end the curves become a plotly figure. An interrupt of the cell stops after the step in progress
 * and leaves a checkpoint.
 * @throws as {@link trainRun}
 */
export async function trainLive(config: RunConfig, options: TrainLiveOptions): Promise<NetworkRun> {
  const view = openView(options.dataset);
  const onProgress = (now: TrainingProgress) => view.update(now);
  const run = await interruptible((signal) =>
    trainRun(config, { ...goingOn(config, options), signal, onProgress }),
  );
  const isSynthetic = isSample(options.dataset.spec);
  view.finish(await toBundle(plotTrainingCurves({ training: run, isSynthetic })));
  return run;
}

/**
 * Trains as {@link trainLive} does, and stops by itself in the epoch after `epoch`, as the stop button would.
 * @returns where it stopped
 */
export async function trainAndStop(
  config: RunConfig,
  options: TrainLiveOptions & { readonly epoch: number },
): Promise<string> {
  const view = openView(options.dataset);
  const stop = new AbortController();
  const onProgress = (now: TrainingProgress) => {
    view.update(now);
    if (now.isEpochEnd && now.epoch >= options.epoch) stop.abort();
  };
  const train = (signal: AbortSignal) =>
    trainRun(config, {
      ...goingOn(config, options),
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress,
    });
  try {
    await interruptible(train);
    return 'the run was already finished';
  } catch (error) {
    if (error instanceof FerlabError && stop.signal.aborted) return error.message;
    throw error;
  }
}

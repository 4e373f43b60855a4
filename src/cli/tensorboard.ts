import { join } from 'node:path';
import { confusionPicture } from '../export/tensorboard/confusion-picture';
import { TrainingLog } from '../export/tensorboard/training-log';
import type { RunConfig } from '../run/config';
import type { NetworkRun } from '../run/run';
import type { TrainingProgress } from '../train/progress';

export const TENSORBOARD_HELP =
  'also write events for TensorBoard there: curves, settings, and the confusion matrix of the validation part';

/** Logs of trainings below one folder; without a folder, none. */
export class TrainingLogs {
  readonly #logs = new Map<string, TrainingLog>();

  constructor(readonly folder: string | undefined) {}

  /** Adds what a run's training has newly done. @param name of the run, and of its folder */
  follow(name: string, config: RunConfig, { history }: Pick<TrainingProgress, 'history'>): void {
    if (this.folder === undefined) return;
    const log = this.#logs.get(name) ?? new TrainingLog(join(this.folder, name), config);
    this.#logs.set(name, log);
    log.update(history);
  }

  /** Completes the log of a run that is trained, also of one that was trained before. */
  async finish(name: string, run: NetworkRun): Promise<void> {
    const { config, bestEpoch } = run.record;
    this.follow(name, config, run);
    const log = this.#logs.get(name);
    log?.addPicture('confusion matrix', bestEpoch, await confusionPicture(run));
    log?.end();
  }
}

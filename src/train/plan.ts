import { existsSync } from 'node:fs';
import { FerlabError } from '../errors';
import { loadConfig, type RunConfig } from '../run/config';
import { describeDifferences } from '../run/differences';
import { isFinished, openNetworkRun } from '../run/open-run';
import type { NetworkRun } from '../run/run';
import { runFiles, runFolders } from '../run/run-folder';
import type { TrainingTask } from './training';

/** What to do in a run's folder: train from the start, go on, or use the finished run that lies there. */
export type Plan = 'start' | 'resume' | NetworkRun;

/**
 * Decides what becomes of a training, so that nothing that was trained is lost without a word: only `anew` discards.
 * @throws FerlabError when the folder holds a run of other settings or other data, or one that is not finished while
 * neither `resume` nor `anew` was asked for
 */
export function planTraining(task: TrainingTask): Plan {
  const { config, folder, options } = task;
  const { resume, anew } = options;
  if (anew) return 'start';
  if (isFinished(folder)) return finishedRun(task);
  const files = runFiles(folder);
  if (resume) {
    const begun = existsSync(files.config) ? folder : resume === true && findUnfinished(config, folder);
    if (begun) checkSettings(loadConfig(runFiles(begun).config), config, begun);
    return existsSync(files.checkpoint) || existsSync(files.teacher) ? 'resume' : 'start';
  }
  if (!existsSync(files.weights)) return 'start';
  throw new FerlabError(`${folder}: a run with these settings was started and is not finished`, {
    remedy: 'continue with --resume, or start again with --anew',
  });
}

/** Test-time views may be chosen after the training, which does not depend on them. */
function finishedRun({ config, folder, options }: TrainingTask): NetworkRun {
  const run = openNetworkRun(folder);
  const { testTimeViews } = config;
  checkSettings({ ...run.record.config, testTimeViews }, config, folder);
  if (run.record.dataset.sha256 === options.dataset.source.sha256) return run;
  throw new FerlabError(`${folder}: the run was trained on other data`, {
    remedy: 'use the data that it was trained on, or discard it with --anew',
  });
}

function checkSettings(there: RunConfig, here: RunConfig, folder: string): void {
  const differences = describeDifferences(there, here);
  if (differences.length === 0) return;
  throw new FerlabError(`${folder}: the run was started with other settings: ${differences.join(', ')}`, {
    remedy: 'use its original settings, or discard it with --anew',
  });
}

/**
 * A run of the same profile and seed beside this folder that has a checkpoint and no end: it shows that a setting was
 * changed by mistake.
 */
function findUnfinished({ profile, seed }: RunConfig, folder: string): string | undefined {
  return runFolders().find((other) => {
    const { config, checkpoint } = runFiles(other);
    if (other === folder || !existsSync(config) || !existsSync(checkpoint) || isFinished(other)) return false;
    const begun = loadConfig(config);
    return begun.profile === profile && begun.seed === seed;
  });
}

import { existsSync } from 'node:fs';
import { FerlabError } from '../errors';
import { loadConfig, type RunConfig } from '../run/config';
import { describeDifferences } from '../run/differences';
import { isFinished, openRun } from '../run/open-run';
import { runFiles, runFolder, runFolders } from '../run/run-folder';
import type { TrainOptions } from './train';

/**
 * Checks that to resume continues what was begun. A run that was never begun may be resumed: it starts, unless an
 * unfinished one beside it differs in some fields, which shows that these were changed by mistake.
 * @throws FerlabError that names the fields, or says that the data changed
 */
export function checkResumable(
  config: RunConfig,
  { folder, dataset }: Pick<TrainOptions, 'folder' | 'dataset'>,
): void {
  const own = folder ?? runFolder(config);
  const isBegun = existsSync(runFiles(own).config);
  const begun = isBegun ? own : folder ? undefined : findUnfinished(config);
  if (!begun) return;
  const differences = describeDifferences(loadConfig(runFiles(begun).config), config);
  if (differences.length > 0) {
    throw new FerlabError(`${begun}: the run was begun with other settings: ${differences.join(', ')}`, {
      remedy: 'resume with the settings it was begun with, or train anew without --resume',
    });
  }
  if (isFinished(begun) && openRun(begun).record.dataset.sha256 !== dataset.source.sha256) {
    throw new FerlabError(`${begun}: the run was trained on other data`, {
      remedy: 'resume with the data it was begun with, or train anew without --resume',
    });
  }
}

/** Folder of a run of the same profile and seed that has a checkpoint and no end. */
function findUnfinished({ profile, seed }: RunConfig): string | undefined {
  return runFolders().find((folder) => {
    const { config, checkpoint } = runFiles(folder);
    if (!existsSync(config) || !existsSync(checkpoint) || isFinished(folder)) return false;
    const other = loadConfig(config);
    return other.profile === profile && other.seed === seed;
  });
}

import { modelFolder, modelNames } from '../../src/publish/models';
import { openRun } from '../../src/train/open-run';

/** Names of the published models that are networks, not ensembles of them. */
export function singleModels(): string[] {
  return modelNames().filter((name) => !openRun(modelFolder(name)).record.members);
}

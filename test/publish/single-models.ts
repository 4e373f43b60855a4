import { openRun } from '../../src/run/open-run';
import { modelFolder, modelNames } from '../../src/run/published-models';

/** Names of the published models that are networks, not ensembles of them. */
export function singleModels(): string[] {
  return modelNames().filter((name) => openRun(modelFolder(name)).kind === 'network');
}

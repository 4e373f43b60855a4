import { openNetworkRun, openRun } from '../../src/run/open-run';
import { modelFolder, modelNames } from '../../src/run/published-models';

/** Names of the published models that are networks, not ensembles of them. */
export function singleModels(): string[] {
  return modelNames().filter((name) => openRun(modelFolder(name)).kind === 'network');
}

/** One of the published models for each network: what an export writes depends on its layers. */
export function firstOfEachNetwork(): string[] {
  const byNetwork = new Map<string, string>();
  for (const name of singleModels()) {
    const { model } = openNetworkRun(modelFolder(name)).record.config;
    if (!byNetwork.has(model)) byNetwork.set(model, name);
  }
  return [...byNetwork.values()];
}

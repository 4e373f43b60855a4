import { FerlabError } from '../../errors';
import { wilsonInterval } from '../../evaluate/intervals';
import { loadRunPredictions, openRun } from '../../run/open-run';
import { countHits } from '../../run/predictions';
import { modelFolder, modelNames, rankModels } from '../../run/published-models';
import type { NetworkRun } from '../../run/run';

/** The published network that the live page runs, with what it is worth. */
export interface ShownNetwork {
  readonly name: string;
  readonly run: NetworkRun;
  /** On the test part, as a share, with its 95 % Wilson interval. */
  readonly accuracy: number;
  readonly interval: readonly [low: number, high: number];
  readonly count: number;
}

/**
 * A published network by its name, else the one that is best on its own validation part.
 * @param models folder of the published models
 * @throws FerlabError when there is none, or the name is that of an ensemble or a baseline
 */
export function shownNetwork(models: string, name?: string): ShownNetwork {
  return describe(name ?? bestNetwork(models), models);
}

function bestNetwork(models: string): string {
  const networks = modelNames(models).filter((name) => openRun(modelFolder(name, models)).kind === 'network');
  const [best] = rankModels(networks, models);
  if (best !== undefined) return best;
  throw new FerlabError(`${models}: no network is published`, {
    remedy: 'publish one with `ferlab publish`',
  });
}

function describe(name: string, models: string): ShownNetwork {
  const run = openRun(modelFolder(name, models));
  if (run.kind !== 'network')
    throw new FerlabError(`"${name}" is no single network, which the live page runs`, {
      remedy: 'name a network, or leave --model out',
    });
  const test = loadRunPredictions(run, 'test');
  const [hits, count] = [countHits(test), test.labels.length];
  return { name, run, accuracy: hits / count, interval: wilsonInterval(hits, count), count };
}

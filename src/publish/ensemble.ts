import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { openRun } from '../run/open-run';
import { modelFolder, modelsFolder } from '../run/published-models';
import { haveSameParts, type RunRecord } from '../run/record';
import { runFiles, saveJson } from '../run/run-folder';
import type { TrainedRun } from '../train/train';
import { buildModelFolder } from './publish';

export interface EnsembleOptions {
  readonly name: string;
  /** Names of published models, at least two. */
  readonly members: readonly string[];
  readonly dataset: ImageDataset;
  /** Folder of all published models; `models/` unless given. */
  readonly models?: string;
}

/**
 * Publishes the mean of several published models' probabilities as a model of its own, which refers to theirs. Its
 * members are to be chosen on validation; the test part is opened once for it, as for any model.
 * @returns the ensemble's folder
 * @throws FerlabError when a member is missing, or they were trained on other data or another split
 */
export function publishEnsemble({ members, ...options }: EnsembleOptions): string {
  const models = options.models ?? modelsFolder();
  const runs = members.map((name) => openRun(join(modelFolder(name, models))));
  checkMembers(runs);
  return buildModelFolder(options, (made) => {
    const files = runFiles(made);
    saveJson(files.record, ensembleRecord(members, runs));
    saveJson(files.history, []);
    saveJson(files.config, runs[0]!.record.config);
  });
}

function checkMembers(runs: readonly TrainedRun[]): void {
  const [first, ...others] = runs;
  if (!first || others.length === 0) {
    throw new FerlabError('an ensemble needs two members or more', { remedy: 'name more published models' });
  }
  if (runs.some(({ record }) => record.members)) {
    throw new FerlabError('a member is an ensemble itself', { remedy: 'name its members instead' });
  }
  const other = others.find(({ record }) => !haveSameParts(record, first.record));
  if (!other) return;
  throw new FerlabError(`${other.folder}: trained on other images than ${first.folder}`, {
    remedy:
      "choose models of one dataset and one split: else one's training images are another's test images",
  });
}

/** The record of the first member, with the sums and hashes of all. */
function ensembleRecord(members: readonly string[], runs: readonly TrainedRun[]): RunRecord {
  const records = runs.map(({ record }) => record);
  const sum = (pick: (record: RunRecord) => number) => records.reduce((total, one) => total + pick(one), 0);
  const hashes = records.map(({ weightsSha256 }) => weightsSha256).join('\n');
  return {
    ...records[0]!,
    members,
    weightsSha256: createHash('sha256').update(hashes).digest('hex'),
    parameters: sum(({ parameters }) => parameters),
    trainingSeconds: sum(({ trainingSeconds }) => trainingSeconds),
    startedAt: records.map(({ startedAt }) => startedAt).sort()[0]!,
    finishedAt: records
      .map(({ finishedAt }) => finishedAt)
      .sort()
      .at(-1)!,
  };
}

import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { predictValidation } from '../predict/predict-run';
import { distinct } from '../run/machine';
import { hashMembers, openRun } from '../run/open-run';
import { savePredictions } from '../run/predictions-file';
import { modelFolder, modelsFolder } from '../run/published-models';
import {
  dividedData,
  type EnsembleRecord,
  evaluatedOn,
  haveSameParts,
  machinesOf,
  type RunRecord,
  splitOf,
} from '../run/record';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
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
  const runs = openMembers(members.map((name) => modelFolder(name, models)));
  checkMembers(runs);
  return buildModelFolder(options, (made) => {
    saveRecord(runFiles(made).record, ensembleRecord(members, runs));
    const validation = predictValidation(openRun(made), options.dataset);
    savePredictions(runFiles(made).predictions('validation'), validation);
  });
}

function openMembers(folders: readonly string[]): NetworkRun[] {
  return folders.map((folder) => {
    const run = openRun(folder);
    if (run.kind === 'network') return run;
    throw new FerlabError(`${folder}: this member is itself an ensemble`, {
      remedy: 'name its members instead',
    });
  });
}

function checkMembers(runs: readonly NetworkRun[]): void {
  const [first, ...others] = runs;
  if (!first || others.length === 0) {
    throw new FerlabError('an ensemble needs at least two members', { remedy: 'name more published models' });
  }
  const other = others.find(({ record }) => !haveSameParts(dividedData(record), dividedData(first.record)));
  if (!other) return;
  throw new FerlabError(`${other.folder}: trained on other images than ${first.folder}`, {
    remedy:
      'choose models of one data set and one split: otherwise the training images of one are test images of another',
  });
}

/** What the members have in common, with their sums and the hash of all. */
function ensembleRecord(members: readonly string[], runs: readonly NetworkRun[]): EnsembleRecord {
  const records = runs.map(({ record }) => record);
  const sum = (pick: (record: RunRecord) => number) => records.reduce((total, one) => total + pick(one), 0);
  const { dataset, counts } = evaluatedOn(records[0]!);
  return {
    format: 'ferlab-record-2',
    kind: 'ensemble',
    members,
    split: splitOf(records[0]!),
    dataset,
    counts,
    machines: distinct(records.flatMap(machinesOf)),
    weightsSha256: hashMembers(runs),
    parameters: sum(({ parameters }) => parameters),
    trainingSeconds: sum(({ trainingSeconds }) => trainingSeconds),
    startedAt: records.map(({ startedAt }) => startedAt).sort()[0]!,
    finishedAt: records
      .map(({ finishedAt }) => finishedAt)
      .sort()
      .at(-1)!,
  };
}

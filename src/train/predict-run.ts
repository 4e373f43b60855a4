import { dirname, join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { predictRows } from './infer';
import { loadNetwork, loadWeights, openRun } from './open-run';
import type { TrainedRun } from './train';

/** The members of an ensemble, which lie beside it; a run by itself is its only member. */
export function membersOf(run: TrainedRun): TrainedRun[] {
  const { members } = run.record;
  return members ? members.map((name) => openRun(join(dirname(run.folder), name))) : [run];
}

/** @throws FerlabError when weights are missing, or others than the run (or a member) was trained to */
export function checkWeights(run: TrainedRun): void {
  for (const member of membersOf(run)) loadWeights(member);
}

/**
 * Class probabilities [rows.length, 7] by a finished run, in the views that it was trained for; by an ensemble, the mean
 * over its members.
 * @throws FerlabError as {@link checkWeights}
 */
export function predictRun(
  run: TrainedRun,
  images: Pick<ImageDataset, 'images'>,
  rows: Uint32Array,
): Float32Array {
  const members = membersOf(run);
  const sum = members
    .map((member) => predictAlone(member, images, rows))
    .reduce((total, some) => total.map((probability, i) => probability + some[i]!));
  return members.length === 1 ? sum : sum.map((probability) => probability / members.length);
}

function predictAlone(
  run: TrainedRun,
  images: Pick<ImageDataset, 'images'>,
  rows: Uint32Array,
): Float32Array {
  const network = loadNetwork(run);
  try {
    return predictRows(network, images, rows, run.record.config.testTimeViews);
  } finally {
    network.dispose();
  }
}

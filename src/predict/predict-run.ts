import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { ImageDataset, Images } from '../dataset/dataset';
import { splitDataset } from '../dataset/split';
import { loadNetwork, loadWeights, openRun } from '../run/open-run';
import type { Predictions } from '../run/predictions';
import type { TrainedRun } from '../train/train';
import { labelsOf } from '../train/validate';
import { predictRows } from './infer';

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
 * What networks said of the images of one dataset before, by weights, views and rows: who asks an ensemble after its
 * members need not wait for them again.
 */
export type PredictionMemory = Map<string, Float32Array>;

/**
 * Class probabilities [rows.length, 7] by a finished run, in the views that it was trained for; by an ensemble, the mean
 * over its members.
 * @param memory is read and filled
 * @throws FerlabError as {@link checkWeights}
 */
export function predictRun(
  run: TrainedRun,
  images: Images,
  rows: Uint32Array,
  memory: PredictionMemory = new Map(),
): Float32Array {
  const members = membersOf(run);
  const sum = members
    .map((member) => {
      const key = keyOf(member, rows);
      const probabilities = memory.get(key) ?? predictAlone(member, images, rows);
      memory.set(key, probabilities);
      return probabilities;
    })
    .reduce((total, some) => total.map((probability, i) => probability + some[i]!));
  return members.length === 1 ? sum : sum.map((probability) => probability / members.length);
}

/** What a finished run, or an ensemble, predicts for its validation part. @throws FerlabError as {@link predictRun} */
export function predictValidation(
  run: TrainedRun,
  dataset: ImageDataset,
  memory?: PredictionMemory,
): Predictions {
  const rows = splitDataset(dataset, run.record.config).validation;
  const probabilities = predictRun(run, dataset, rows, memory);
  return { part: 'validation', rows, labels: labelsOf(dataset, rows), probabilities };
}

function keyOf({ record }: TrainedRun, rows: Uint32Array): string {
  const rowsSha256 = createHash('sha256').update(rows).digest('hex');
  return [record.weightsSha256, record.config.testTimeViews, rowsSha256].join(' ');
}

function predictAlone(run: TrainedRun, images: Images, rows: Uint32Array): Float32Array {
  const network = loadNetwork(run);
  try {
    return predictRows(network, images, rows, run.record.config.testTimeViews);
  } finally {
    network.dispose();
  }
}

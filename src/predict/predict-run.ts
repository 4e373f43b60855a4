import { createHash } from 'node:crypto';
import type { ImageDataset, Images } from '../dataset/dataset';
import { copiesInTraining, findDuplicateGroups } from '../dataset/duplicates';
import { loadWeights, networksOf, originOf } from '../run/open-run';
import { partsOf } from '../run/parts';
import type { PredictedPart, Predictions } from '../run/predictions';
import type { RunRecord } from '../run/record';
import type { NetworkRun, Run } from '../run/run';
import { labelsOf } from './infer';
import { meanProbabilities, openPredictor } from './predictor';

/** @throws FerlabError when weights are missing, or others than the run (or a member) was trained to */
export function checkWeights(run: Run): void {
  if (run.kind === 'baseline') loadWeights(run);
  else for (const network of networksOf(run)) loadWeights(network);
}

/** What was found out about the images of one dataset: who asks again need not wait. */
export interface PredictionMemory {
  /** What networks said of them, by weights, views and rows: an ensemble asks its members. */
  readonly probabilities: Map<string, Float32Array>;
  /** Groups of exact copies, once somebody has looked. */
  groups?: Uint32Array;
}

/** A memory of a dataset of which nothing is known yet. */
export const emptyMemory = (): PredictionMemory => ({ probabilities: new Map() });

/**
 * Class probabilities [rows.length, classes] by a finished run, in the views that it was trained for; by an ensemble, the
 * mean over its members.
 * @param memory of the dataset; read and filled
 * @throws FerlabError as {@link checkWeights}
 */
export function predictRun(
  run: Run,
  images: Images,
  rows: Uint32Array,
  { probabilities: known }: PredictionMemory = emptyMemory(),
): Float32Array {
  if (run.kind === 'baseline') return predictAlone(run, images, rows);
  const networks = networksOf(run);
  return meanProbabilities(
    networks.map((network) => {
      const key = keyOf(network, rows);
      const probabilities = known.get(key) ?? predictAlone(network, images, rows);
      known.set(key, probabilities);
      return probabilities;
    }),
  );
}

/** Rows of one part, and those of the training part. */
export interface PartRows {
  readonly part: PredictedPart;
  readonly rows: Uint32Array;
  readonly training: Uint32Array;
  /** What is known of the dataset; read and filled. */
  readonly memory?: PredictionMemory;
}

/** All that predictions of a part hold but the probabilities. */
export function describePart(
  record: RunRecord,
  dataset: ImageDataset,
  { part, rows, training, memory = emptyMemory() }: PartRows,
): Omit<Predictions, 'probabilities'> {
  memory.groups ??= findDuplicateGroups(dataset);
  const copies = copiesInTraining(memory.groups, rows, training);
  return { ...originOf(record, part), rows, labels: labelsOf(dataset, rows), copies };
}

/** What a finished run, or an ensemble, predicts for one part. @throws FerlabError as {@link predictRun} */
export function predictPart(run: Run, dataset: ImageDataset, rows: PartRows): Predictions {
  const probabilities = predictRun(run, dataset, rows.rows, rows.memory);
  return { ...describePart(run.record, dataset, rows), probabilities };
}

/** What a finished run, or an ensemble, predicts for its validation part. @throws FerlabError as {@link predictRun} */
export function predictValidation(run: Run, dataset: ImageDataset, memory?: PredictionMemory): Predictions {
  const { training, validation } = partsOf(run, dataset);
  return predictPart(run, dataset, { part: 'validation', rows: validation, training, memory });
}

function keyOf({ record }: NetworkRun, rows: Uint32Array): string {
  const rowsSha256 = createHash('sha256').update(rows).digest('hex');
  return [record.weightsSha256, record.config.testTimeViews, rowsSha256].join(' ');
}

/** By a single network, or a baseline. */
function predictAlone(run: Run, images: Images, rows: Uint32Array): Float32Array {
  const predictor = openPredictor(run);
  try {
    return predictor.predict(images, rows);
  } finally {
    predictor.dispose();
  }
}

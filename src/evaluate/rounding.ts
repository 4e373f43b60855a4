import { Float16Array } from '@petamoriken/float16';
import { z } from 'zod';
import type { ImageDataset } from '../dataset/dataset';
import { Network } from '../engine/network';
import type { WeightTensor } from '../engine/weights';
import { FerlabError } from '../errors';
import { buildModel } from '../model/models';
import { predictRows } from '../predict/infer';
import { loadRunPredictions, loadWeights } from '../run/open-run';
import { countHits, type Predictions } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import type { NetworkRecord } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { hashTensors, loadTensors, saveTensors } from '../run/tensor-file';

// Rounding belongs to the model: the final evaluation judges the very weights that are published.

/** Largest loss of validation accuracy by rounding that is accepted: 0.2 points. */
const LARGEST_LOSS = 0.002;

/** A network with weights that float16 holds exactly; it computes in float32. */
export interface RoundedNetwork {
  /** As the folder will say when {@link keepRounded} has run. */
  readonly run: NetworkRun;
  /** Null where the folder holds rounded weights already. */
  readonly tensors: readonly WeightTensor[] | null;
}

/** What the rounded weights say of themselves in their file. */
const metaSchema = z.looseObject({ fromSha256: z.string().optional() });

/** The weights to the nearest float16. @throws FerlabError when one is too large for it */
export function roundWeights(tensors: readonly WeightTensor[]): WeightTensor[] {
  return tensors.map((tensor) => {
    const values = Float32Array.from(new Float16Array(tensor.values));
    if (values.every(Number.isFinite)) return { ...tensor, values };
    throw new FerlabError(`${tensor.name}: a weight is too large for float16`, {
      remedy: 'train with more weight decay',
    });
  });
}

/** Rounds the weights of a run; nothing is written. @throws FerlabError as {@link roundWeights} and {@link loadWeights} */
export function roundNetwork(run: NetworkRun): RoundedNetwork {
  if (run.record.rounded) {
    loadWeights(run); // checks them
    return { run, tensors: null };
  }
  const tensors = loadHalfRounded(run) ?? roundWeights(loadWeights(run));
  const { weightsSha256, precision } = run.record;
  const record: NetworkRecord = {
    ...run.record,
    precision: 'float32',
    weightsSha256: hashTensors(tensors),
    rounded: { to: 'float16', fromSha256: weightsSha256, fromPrecision: precision },
  };
  return { run: { ...run, record }, tensors };
}

/** The rounded weights of a run whose rounding was killed before its record was written. */
function loadHalfRounded({ folder, record }: NetworkRun): readonly WeightTensor[] | null {
  const { meta, tensors } = loadTensors(runFiles(folder).weights, metaSchema);
  return meta.fromSha256 === record.weightsSha256 ? tensors : null;
}

/**
 * Puts rounded weights in the place of those that training left, with their predictions for the validation part.
 * @param validation what the rounded network's predictions of that part hold besides probabilities
 * @throws FerlabError when rounding costs more than {@link LARGEST_LOSS}; the folder is as it was then
 */
export function keepRounded(
  { run, tensors }: RoundedNetwork,
  dataset: ImageDataset,
  validation: Omit<Predictions, 'probabilities'>,
): void {
  if (!tensors) return;
  const { folder, record } = run;
  const files = runFiles(folder);
  const probabilities = predictRounded(record, tensors, { dataset, rows: validation.rows });
  const predictions = { ...validation, probabilities };
  checkLoss(run, predictions);
  const { weightsSha256, rounded } = record;
  saveTensors(
    files.weights,
    { meta: { weightsSha256, fromSha256: rounded!.fromSha256 }, tensors },
    { type: 'float16' },
  );
  savePredictions(files.predictions('validation'), predictions);
  saveRecord(files.record, record);
}

function predictRounded(
  { config, dataset: data }: NetworkRecord,
  tensors: readonly WeightTensor[],
  { dataset, rows }: { dataset: ImageDataset; rows: Uint32Array },
): Float32Array {
  const network = Network.build(buildModel(config.model, data), { seed: null, precision: 'float32' });
  try {
    network.setWeights(tensors);
    return predictRows(network, dataset, rows, config.testTimeViews);
  } finally {
    network.dispose();
  }
}

/** Compares with what the trained weights reach; a rounding that was killed has passed this before. */
function checkLoss({ folder, record }: NetworkRun, after: Predictions): void {
  const { fromSha256, fromPrecision } = record.rounded!;
  const trained = { ...record, weightsSha256: fromSha256, precision: fromPrecision };
  const { meta } = loadTensors(runFiles(folder).weights, metaSchema);
  if (meta.fromSha256 === fromSha256) return;
  const before = loadRunPredictions({ kind: 'network', folder, record: trained, history: [] }, 'validation');
  const [old, rounded] = [before, after].map((some) => countHits(some) / some.labels.length) as [
    number,
    number,
  ];
  if (old - rounded <= LARGEST_LOSS) return;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  throw new FerlabError(
    `${folder}: rounded weights reach ${percent(rounded)} of the validation part, the trained ones ${percent(old)}`,
    {
      remedy: 'these weights cannot be rounded to float16: train with averaged weights or more weight decay',
    },
  );
}

import { existsSync } from 'node:fs';
import type { ImageDataset } from '../dataset/dataset';
import { declareFinal } from '../dataset/sealed-test';
import { splitDataset } from '../dataset/split';
import { Network } from '../engine/network';
import { EXIT, FerlabError } from '../errors';
import { buildModel } from '../model/models';
import { predictRows } from '../train/infer';
import type { RunRecord } from '../train/record';
import { loadConfig, loadJson, runFiles, saveJson } from '../train/run-folder';
import { hashTensors, loadTensors } from '../train/tensor-file';
import { labelsOf } from '../train/train';
import { loadPredictions, type Predictions, savePredictions } from './predictions';

/** Left beside the predictions: which weights have seen the test part. */
interface FinalMark {
  readonly weightsSha256: string;
  readonly evaluatedAt: string;
}

/**
 * The final evaluation: predicts the test part with the run's weights and keeps the predictions. It is the only
 * place that opens the test part. The same weights may ask again and get the same predictions; other weights in
 * the same folder are refused, so that nothing can be chosen by the test part.
 * @throws FerlabError when the data is not the run's, or other weights of this run were evaluated before
 */
export function evaluateFinal(folder: string, dataset: ImageDataset): Predictions {
  const files = runFiles(folder);
  const config = loadConfig(folder);
  const record = loadJson<RunRecord>(files.record);
  checkData(record, dataset);
  const { tensors } = loadTensors(files.weights);
  const weightsSha256 = hashTensors(tensors);
  if (isEvaluated(folder, weightsSha256)) return loadPredictions(files.predictions('test'), 'test');
  const rows = splitDataset(dataset, config).test.open(declareFinal(weightsSha256));
  const network = Network.build(buildModel(config.model), { seed: config.seed, precision: record.precision });
  try {
    network.setWeights(tensors);
    const probabilities = predictRows(network, dataset, rows, config.testTimeViews);
    savePredictions(files.predictions('test'), {
      part: 'test',
      rows,
      labels: labelsOf(dataset, rows),
      probabilities,
    });
    const mark: FinalMark = { weightsSha256, evaluatedAt: new Date().toISOString() };
    saveJson(files.final, mark);
  } finally {
    network.dispose();
  }
  return loadPredictions(files.predictions('test'), 'test');
}

function isEvaluated(folder: string, weightsSha256: string): boolean {
  const { final, predictions } = runFiles(folder);
  if (!existsSync(final)) return false;
  const mark = loadJson<FinalMark>(final);
  if (mark.weightsSha256 !== weightsSha256) {
    throw new FerlabError(`${folder}: other weights of this run were evaluated on the test part before`, {
      remedy:
        'the test part is for one final evaluation: choose on validation, and train a new run to publish it',
      exitStatus: EXIT.failure,
    });
  }
  return existsSync(predictions('test'));
}

function checkData(record: RunRecord, dataset: ImageDataset): void {
  if (record.dataset.sha256 === dataset.source.sha256) return;
  throw new FerlabError(
    `the run was trained on ${record.dataset.format}, but ${dataset.source.format} was given (other content)`,
    { remedy: 'evaluate with the data that the run was trained on' },
  );
}

import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings, TrainingSet } from '../baseline/classifiers/classifier';
import { batchOf, extractFeatures, extractorOf } from '../baseline/features/feature';
import { BASELINES, type BaselineMethod, type BaselineName } from '../baseline/methods';
import type { ImageDataset } from '../dataset/dataset';
import { type Protocol, type Split, splitDataset } from '../dataset/split';
import { type WeightTensor, weightsByName } from '../engine/weights';
import { labelsOf } from '../predict/infer';
import { predictValidation } from '../predict/predict-run';
import { describeEnvironment, type TrainingEnvironment } from '../run/environment';
import { withLock } from '../run/lock';
import { openRun } from '../run/open-run';
import { countHits } from '../run/predictions';
import { savePredictions } from '../run/predictions-file';
import { type BaselineRecord, describeDataset, type TriedSettings } from '../run/record';
import { saveRecord } from '../run/record-file';
import type { BaselineRun } from '../run/run';
import { runFiles, runsFolder } from '../run/run-folder';
import { hashTensors, saveTensors } from '../run/tensor-file';
import { borrowFeatures, type Loan } from './borrow-features';

export interface FitBaselineOptions {
  readonly dataset: ImageDataset;
  readonly protocol: Protocol;
  readonly seed: number;
  /** Folder of the run; named after the method, below `runs/`, unless given. */
  readonly folder?: string;
  /** Discards what an earlier fit with these options has left. */
  readonly anew?: boolean;
  /** Called after each settings that were tried. */
  readonly onTried?: (tried: TriedSettings) => void;
  /** Called with what people should know. */
  readonly onNote?: (note: string) => void;
}

/**
 * Fits a baseline on the training part with each of its settings, keeps what recognises most validation images (of equals
 * the first), and leaves a run's folder: weights, predictions of the validation part, record. A finished one of the same
 * data is used again.
 * @throws FerlabError as {@link splitDataset} and the disk do; an unfinished folder is removed
 */
export async function fitBaseline(method: BaselineName, options: FitBaselineOptions): Promise<BaselineRun> {
  const { dataset, protocol, seed, anew, onNote } = options;
  const folder = options.folder ?? baselineFolder(method, options);
  const work = () => {
    if (existsSync(runFiles(folder).record) && !anew) {
      onNote?.(`${folder} is finished and is used again; --anew discards it and fits from the start`);
      return openRun(folder) as BaselineRun;
    }
    const split = splitDataset(dataset, { protocol, seed });
    try {
      return fitInFolder({ method, folder, split, options });
    } catch (error) {
      for (const file of ownFiles(folder)) rmSync(file, { force: true });
      throw error;
    }
  };
  return withLock(folder, work, options);
}

/** Tells method, split, seed and data. */
function baselineFolder(method: BaselineName, { dataset, protocol, seed }: FitBaselineOptions): string {
  return join(runsFolder(), `${method}-${protocol}-seed${seed}-${dataset.source.sha256.slice(0, 8)}`);
}

function ownFiles(folder: string): string[] {
  const { weights, record, predictions } = runFiles(folder);
  return [record, weights, predictions('validation')];
}

interface Fitting {
  readonly method: BaselineName;
  readonly folder: string;
  readonly split: Split;
  readonly options: FitBaselineOptions;
}

/** The record comes last: a folder with one is finished. */
function fitInFolder(fitting: Fitting): BaselineRun {
  const { folder, options } = fitting;
  const at = new Date().toISOString();
  const environment: TrainingEnvironment = { event: 'start', at, ...describeEnvironment() };
  const files = runFiles(folder);
  mkdirSync(folder, { recursive: true });
  rmSync(files.record, { force: true });
  const { tensors, ...found } = chooseSettings(fitting);
  saveTensors(files.weights, { meta: {}, tensors }, { brotli: true });
  const record = describeFit(fitting, { ...found, tensors, environment });
  const run: BaselineRun = { kind: 'baseline', folder, record };
  savePredictions(files.predictions('validation'), predictValidation(run, options.dataset));
  saveRecord(files.record, record);
  return run;
}

interface Found {
  readonly tensors: readonly WeightTensor[];
  readonly lender?: Loan['lender'];
  readonly settings: Settings;
  readonly tried: readonly TriedSettings[];
}

/** What describes the images, before a classifier is fitted: learnt from the training part, borrowed, or nothing. */
function prepareFeatures({ method, split, options }: Fitting): {
  readonly learnt: readonly WeightTensor[];
  readonly lender?: Loan['lender'];
} {
  const { dataset, protocol, seed } = options;
  const { features } = BASELINES[method] as BaselineMethod;
  if ('learn' in features) return { learnt: features.learn(batchOf(dataset, split.training), seed) };
  if (!('lender' in features)) return { learnt: [] };
  const data = { dataset: dataset.source, split: { protocol, seed } };
  const { weights: learnt, lender } = borrowFeatures(features, data);
  return { learnt, lender };
}

/** Features and labels of both parts. */
function describeParts({ method, split, options: { dataset } }: Fitting, learnt: readonly WeightTensor[]) {
  const extractor = extractorOf(BASELINES[method].features, weightsByName(learnt));
  const describe = (rows: Uint32Array): TrainingSet => ({
    features: extractFeatures(extractor, batchOf(dataset, rows)),
    labels: labelsOf(dataset, rows),
    classes: dataset.spec.classes.length,
  });
  try {
    return { set: describe(split.training), validation: describe(split.validation) };
  } finally {
    extractor.dispose?.();
  }
}

/** Fits with each of the method's settings. */
function chooseSettings(fitting: Fitting): Found {
  const { seed, onTried } = fitting.options;
  const { classifier, settings: all } = BASELINES[fitting.method];
  const { learnt, lender } = prepareFeatures(fitting);
  const { set, validation } = describeParts(fitting, learnt);
  const tried: TriedSettings[] = [];
  let best: (Found & { accuracy: number }) | undefined;
  for (const settings of all) {
    const start = performance.now();
    const tensors = [...learnt, ...classifier.fit(set, { settings, seed })];
    const seconds = roundTenths((performance.now() - start) / 1000);
    const probabilities = classifier.predict(weightsByName(tensors), validation.features);
    const accuracy = countHits({ labels: validation.labels, probabilities }) / validation.labels.length;
    tried.push({ settings, validationAccuracy: accuracy, seconds });
    onTried?.(tried.at(-1)!);
    if (!best || accuracy > best.accuracy) best = { tensors, settings, tried, lender, accuracy };
  }
  return best!;
}

const roundTenths = (seconds: number) => Math.round(seconds * 10) / 10;

function describeFit(
  { method, split, options }: Fitting,
  { tensors, settings, tried, lender, environment }: Found & { environment: TrainingEnvironment },
): BaselineRecord {
  const { training, validation, test } = split;
  return {
    format: 'ferlab-record-2',
    kind: 'baseline',
    method,
    settings,
    tried,
    ...(lender ? { lender } : {}),
    split: { protocol: split.protocol, seed: options.seed },
    dataset: describeDataset(options.dataset),
    counts: { training: training.length, validation: validation.length, test: test.count },
    weightsSha256: hashTensors(tensors),
    parameters: tensors.reduce((sum, { values }) => sum + values.length, 0),
    environments: [environment],
    startedAt: environment.at,
    finishedAt: new Date().toISOString(),
    trainingSeconds: roundTenths(tried.reduce((sum, { seconds }) => sum + seconds, 0)),
  };
}

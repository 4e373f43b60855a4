import type { Settings } from '../baseline/classifiers/classifier';
import type { BaselineName } from '../baseline/methods';
import type { ImageDataset } from '../dataset/dataset';
import { type CopyRecord, recordCopy } from '../dataset/describe';
import { isSample } from '../dataset/specs';
import type { Protocol } from '../dataset/split';
import type { Precision } from '../engine/network';
import type { RunConfig } from './config';
import type { TrainingEnvironment } from './environment';
import { distinct, type Machine } from './machine';

/** The data that a classifier was fitted to. */
export interface DatasetRecord {
  /** Name of the data set, as its spec has it. */
  readonly spec: string;
  /** Names of the classes, in the order of the labels. */
  readonly classes: readonly string[];
  /** Side of an image, in pixels. */
  readonly side: number;
  /** The form that it was read from, such as the name of the file. */
  readonly format: string;
  readonly sha256: string;
  readonly images: number;
  /** How a copy was read, what differs in it and what lies in two parts; earlier versions did not record it. */
  readonly copy?: CopyRecord;
}

/** How the images are divided. */
export interface SplitChoice {
  readonly protocol: Protocol;
  /** Seed of a random protocol. */
  readonly seed: number;
}

/** Images in each part. */
export type PartCounts = Readonly<Record<'training' | 'validation' | 'test', number>>;

/** Of a published model: its numbers were computed again, on a better copy of the data than it was trained on. */
export interface Correction {
  readonly at: string;
  /** What changed, and why the test part was opened again. */
  readonly reason: string;
  /** The data that the numbers come from. */
  readonly dataset: DatasetRecord;
  readonly counts: PartCounts;
  /** Images of the training's copy that are not evaluated, as none in this data is their equal. */
  readonly leftOut: PartCounts;
}

interface CommonRecord {
  readonly format: 'ferlab-record-2';
  readonly dataset: DatasetRecord;
  readonly counts: PartCounts;
  readonly correction?: Correction;
  /** Hash of the weights; of an ensemble, {@link hashMembers} of its members. */
  readonly weightsSha256: string;
  /** Of an ensemble, those of all members; so are the seconds. */
  readonly parameters: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Seconds of training and validation, over all parts of a resumed run. */
  readonly trainingSeconds: number;
}

/** A fault of a training that was found afterwards. Weights and numbers stay what they are. */
export interface Erratum {
  /** What was wrong, what it did, and what was not measured. */
  readonly text: string;
  /** Commit that fixed it. */
  readonly fixedBy: string;
  readonly fixedAt: string;
}

/** What has to be known to judge a trained network, or to train it again. */
export interface NetworkRecord extends CommonRecord {
  readonly kind: 'network';
  readonly config: RunConfig;
  /** Element type that was computed with. */
  readonly precision: Precision;
  /** One of the start and one of each resume, in this order. */
  readonly environments: readonly TrainingEnvironment[];
  /** Of a published model: its weights are those of the training, rounded. */
  readonly rounded?: {
    readonly to: 'float16';
    /** Hash of the weights that training left, and the element type that it computed with. */
    readonly fromSha256: string;
    readonly fromPrecision: Precision;
  };
  /** Of a published model: faults of its training that were found afterwards. */
  readonly errata?: readonly Erratum[];
  /** Hash of the teacher's weights, if one taught. */
  readonly teacherSha256?: string;
  /** Hash of the labels of FER+, if they were learnt in place of the data's own. */
  readonly crowdSha256?: string;
  readonly bestEpoch: number;
  readonly imagesPerSecond: number;
}

/** What has to be known to judge the mean of several networks; the rest is in their own records. */
export interface EnsembleRecord extends CommonRecord {
  readonly kind: 'ensemble';
  /** Names of the published models whose probabilities are averaged; they lie beside the ensemble. */
  readonly members: readonly string[];
  readonly split: SplitChoice;
  /** Where the members were trained; empty where an earlier version did not record it. */
  readonly machines: readonly Machine[];
}

/** What has to be known to judge a classifier that is no network, or to fit it again. */
export interface BaselineRecord extends CommonRecord {
  readonly kind: 'baseline';
  readonly method: BaselineName;
  readonly split: SplitChoice;
  /** The settings that reached most on the validation part, and all that were tried. */
  readonly settings: Settings;
  readonly tried: readonly TriedSettings[];
  /** The published model whose features it takes over, and the hash of that model's weights. */
  readonly lender?: { readonly model: string; readonly weightsSha256: string };
  readonly environments: readonly TrainingEnvironment[];
}

/** Settings of a baseline with what they reached. */
export interface TriedSettings {
  readonly settings: Settings;
  /** Share of the validation images. */
  readonly validationAccuracy: number;
  /** Seconds of fitting. */
  readonly seconds: number;
}

export type RunRecord = NetworkRecord | EnsembleRecord | BaselineRecord;

/** How the images of a run were divided. */
export function splitOf(record: RunRecord): SplitChoice {
  if (record.kind !== 'network') return record.split;
  const { protocol, seed } = record.config;
  return { protocol, seed };
}

/** The machines of a run, each once: more than one where it was resumed elsewhere, or has members. */
export function machinesOf(record: RunRecord): readonly Machine[] {
  return distinct(record.kind === 'ensemble' ? record.machines : trainedOn(record));
}

/** A published model's weights are float32, however it was trained. */
function trainedOn(record: NetworkRecord | BaselineRecord): Machine[] {
  const { environments } = record;
  const element = record.kind === 'network' ? (record.rounded?.fromPrecision ?? record.precision) : 'float32';
  return environments.map(({ processor, cores }) => ({ processor, cores, precision: element }));
}

/** The data that the numbers of a run come from, with its parts: that of the training, unless they were corrected. */
export const evaluatedOn = (record: RunRecord): Pick<Correction, 'dataset' | 'counts'> =>
  record.correction ?? record;

/**
 * The data that says which images a run has learnt from. Official parts are the same on every copy; a random split is
 * one of the data that it was drawn on.
 */
export function dividedData(record: RunRecord): DividedData {
  const split = splitOf(record);
  return { split, dataset: split.protocol === 'official' ? evaluatedOn(record).dataset : record.dataset };
}

/** Whether two classifiers divide the same images the same way, so that neither was fitted to the other's test images. */
export function haveSameParts(one: DividedData, other: DividedData): boolean {
  const [a, b] = [one, other].map(({ dataset, split: { protocol, seed } }) =>
    [dataset.sha256, protocol, protocol === 'official' ? 0 : seed].join(' '),
  );
  return a === b;
}

/** Data and how it is divided. */
export interface DividedData {
  readonly dataset: Pick<DatasetRecord, 'sha256'>;
  readonly split: SplitChoice;
}

/** Describes the data of a run. */
export function describeDataset(dataset: ImageDataset): DatasetRecord {
  const { spec, source, count } = dataset;
  const { name, classes, side } = spec;
  const copy = recordCopy(dataset);
  const { format, sha256 } = source;
  return { spec: name, classes, side, format, sha256, images: count, ...(copy ? { copy } : {}) };
}

/** Whether the data is the built-in sample: every title says so then. */
export function isSampleData({ spec }: Pick<DatasetRecord, 'spec'>): boolean {
  return isSample({ name: spec });
}

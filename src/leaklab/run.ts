import { join } from 'node:path';
import { NO_AUGMENTATION } from '../augment/ranges';
import { contentHash } from '../dataset/cache-writer';
import type { ImageDataset } from '../dataset/dataset';
import { loadVotes } from '../dataset/ferplus';
import { labelsOf, predictRows } from '../predict/infer';
import { randomStream } from '../random';
import type { RunConfig } from '../run/config';
import { describeMachines } from '../run/machine';
import { loadNetwork } from '../run/open-run';
import type { LabelledProbabilities } from '../run/predictions';
import { buildConfig } from '../run/profiles';
import { machinesOf } from '../run/record';
import type { NetworkRun } from '../run/run';
import { runsFolder } from '../run/run-folder';
import { trainRun } from '../train/train';
import type { LeakStudy } from './definition';
import { buildLab, type LabImages, type LeakLab } from './lab';
import { hasOutcome, type LabOutcome, saveOutcome } from './outcome';
import { divideGroups } from './prepare';
import { type LabTraining, TRAININGS } from './trainings';

/** One training of the study. */
export interface LabTask {
  readonly training: LabTraining;
  readonly seed: number;
  readonly folder: string;
  readonly imagesSeen: number;
  /** What differs from the settings of the study. */
  readonly set: Partial<RunConfig>;
}

export interface LeakStudyOptions {
  readonly dataset: ImageDataset;
  /** Stops after the step in progress; to run the study again goes on from there. */
  readonly signal?: AbortSignal;
  readonly onTask?: (task: LabTask, number: number, count: number) => void;
}

/** All trainings of a study: each kind with each seed, then the tries. */
export function tasksOf(study: LeakStudy): LabTask[] {
  const { name, seeds, imagesSeen } = study;
  const folder = (of: string, seed: number) => join(runsFolder(), name, `${of}-seed${seed}`);
  const whole = seeds.flatMap((seed) =>
    TRAININGS.map((training) => ({
      training,
      seed,
      folder: folder(training.name, seed),
      imagesSeen,
      set: {},
    })),
  );
  return [...whole, ...seeds.flatMap((seed) => triesOf(study, seed))];
}

/** The tries of a seed: honest trainings whose settings are drawn at random, for the test part to choose from. */
export function triesOf({ name, tries, imagesSeenByTry, learningRate }: LeakStudy, seed: number): LabTask[] {
  const training: LabTraining = { name: 'tries', prepare: divideGroups, reported: 2 };
  return Array.from({ length: tries }, (_, number) => {
    const stream = randomStream(seed, 'try', number);
    const set = {
      learningRate: learningRate * 4 ** (2 * stream.uniform() - 1),
      labelSmoothing: 0.1 * stream.integer(3),
      classWeights: stream.uniform() < 0.25 ? ('balanced' as const) : ('none' as const),
      augmentation: {
        ...NO_AUGMENTATION,
        flip: stream.uniform() < 0.5,
        shiftFraction: 0.05 * stream.integer(3),
      },
    };
    const folder = join(runsFolder(), name, `try${number + 1}-seed${seed}`);
    return { training, seed, folder, imagesSeen: imagesSeenByTry, set };
  });
}

/**
 * Does the trainings of a study that have not been done. Every training takes the way of all others: what is wrong is in the
 * images, labels and parts that it is given.
 * @throws FerlabError as `trainRun`
 */
export async function runLeakStudy(study: LeakStudy, options: LeakStudyOptions): Promise<void> {
  const open = tasksOf(study).filter(({ folder }) => !hasOutcome(folder));
  if (open.length === 0) return;
  const { dataset } = options;
  const lab = buildLab(dataset, { ...study, votes: loadVotes(dataset) });
  for (const [number, task] of open.entries()) {
    options.onTask?.(task, number + 1, open.length);
    await runTask(lab, task, { study, options });
  }
}

async function runTask(
  lab: LeakLab,
  task: LabTask,
  { study, options }: { study: LeakStudy; options: LeakStudyOptions },
): Promise<void> {
  const { training, seed, folder } = task;
  const prepared = training.prepare(lab, seed);
  const dataset = asDataset(lab, prepared, prepared.parts);
  const learnt = prepared.parts.filter((part) => part === 0).length;
  const epochs = Math.max(1, Math.round(task.imagesSeen / learnt));
  const config = configOf(study, { ...task.set, seed, epochs });
  const run = await trainRun(config, { dataset, folder, resume: 'if-begun', signal: options.signal });
  saveOutcome(folder, { ...predictAll(lab, task, { run, dataset }), learnt, epochs });
}

function configOf(study: LeakStudy, set: Partial<RunConfig>): RunConfig {
  const { side, batchSize, learningRate } = study;
  return buildConfig(
    'paper',
    {
      ...{ model: 'light-cnn', protocol: 'official', precision: 'float32', averageDecay: 0 },
      ...{ augmentation: NO_AUGMENTATION, batchSize, learningRate, ...set },
    },
    side,
  );
}

function predictAll(
  lab: LeakLab,
  { training }: LabTask,
  { run, dataset }: { run: NetworkRun; dataset: ImageDataset },
): Omit<LabOutcome, 'learnt' | 'epochs'> {
  const network = loadNetwork(run);
  const predict = (images: ImageDataset, rows: Uint32Array): LabelledProbabilities => ({
    labels: labelsOf(images, rows),
    probabilities: predictRows(network, images, rows),
  });
  const rowsOf = (part: number) =>
    Uint32Array.from([...dataset.usages.keys()].filter((row) => dataset.usages[row] === part));
  const untouched = asDataset(lab, lab.untouched);
  try {
    return {
      reported: predict(dataset, rowsOf(training.reported)),
      untouched: predict(untouched, Uint32Array.from(untouched.labels.keys())),
      training: training.name === 'honest' ? predict(dataset, rowsOf(0)) : null,
      seconds: run.record.trainingSeconds,
      parameters: run.record.parameters,
      machine: describeMachines(machinesOf(run.record)),
      datasetSha256: run.record.dataset.sha256,
    };
  } finally {
    network.dispose();
  }
}

function asDataset(
  { spec }: LeakLab,
  { images, labels }: LabImages,
  usages: Uint8Array = new Uint8Array(labels.length),
): ImageDataset {
  const source = { path: '', format: 'leak lab', sha256: contentHash({ labels, usages, images }) };
  return { spec, count: labels.length, images, labels, usages, source };
}

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { augmentBatch } from '../augment/batch';
import { mixNeighbours } from '../augment/mixup';
import { imageSideAt, learningRateAt } from '../engine/schedule';
import { labelsOf } from '../predict/infer';
import { randomStream } from '../random';
import type { RunConfig } from '../run/config';
import { bestEpoch, type EpochResult, isPatienceOver } from '../run/history';
import { saveJson } from '../run/json-file';
import { type FolderLock, withLock } from '../run/lock';
import type { NetworkRun } from '../run/run';
import { runFiles } from '../run/run-folder';
import { saveTensors } from '../run/tensor-file';
import { Checkpoints } from './checkpoint';
import { finishRun } from './finish';
import { planTraining } from './plan';
import { ProgressReporter } from './progress';
import { beginning, type Progression } from './progression';
import { askTeacher, openTeacher, Teacher } from './teacher';
import { prepareTraining, stopped, type Training, TrainingTask, type TrainOptions } from './training';
import { type Validation, validate } from './validate';

/**
 * Trains a run and leaves in its folder: configuration, history, the weights of the best epoch by validation accuracy,
 * their predictions for the validation part, and the record. A finished run with the same settings and data is used
 * again. A training that fails before its first checkpoint leaves no folder.
 * @throws FerlabError with exit status 130 when `signal` stops it, as {@link planTraining}, and as the engine, the disk
 * and the folder's lock do; the last checkpoint is kept in each case
 */
export async function trainRun(config: RunConfig, options: TrainOptions): Promise<NetworkRun> {
  const task = new TrainingTask(config, options);
  const isNew = !existsSync(task.folder);
  try {
    return await withLock(task.folder, (lock) => trainInFolder(task, lock), task.options);
  } catch (error) {
    if (isNew) removeUntrained(task.folder);
    throw error;
  }
}

async function trainInFolder(task: TrainingTask, lock: FolderLock): Promise<NetworkRun> {
  const plan = planTraining(task);
  const { config, folder, options } = task;
  if (typeof plan === 'object') {
    options.onNote?.(`${folder} is finished and is used again; --anew discards it and trains from the start`);
    return plan;
  }
  const training = prepareTraining(task, lock);
  try {
    const teacher = openTeacher(training);
    const checkpoints = new Checkpoints(training);
    const begun = plan === 'resume' ? checkpoints.restore() : startAfresh(folder);
    saveJson(runFiles(folder).config, config);
    checkpoints.saveEnvironments(begun);
    const asked = teacher ? await askTeacher(teacher, training) : Teacher.ofShares(training.learnt);
    const done = await trainEpochs(training, { begun, checkpoints, teacher: asked });
    return await finishRun(training, done, asked?.weightsSha256);
  } finally {
    training.trainer.dispose();
    training.network.dispose();
  }
}

/** What an epoch needs besides the training itself. */
interface Loop {
  readonly begun: Progression;
  readonly checkpoints: Checkpoints;
  /** Null where the labels alone teach. */
  readonly teacher: Teacher | null;
}

/** Trains until the last epoch, or until patience is over. */
async function trainEpochs(training: Training, loop: Loop): Promise<Progression> {
  const { config, options, steps, stepImages } = training;
  const reporter = new ProgressReporter({ epochs: config.epochs, steps, stepImages }, options.onProgress);
  const clock = startClock(loop.begun.seconds);
  let at = loop.begun;
  while (at.epoch < config.epochs && !isPatienceOver(at.history, config.patienceEpochs)) {
    at = await trainEpoch(training, at, { ...loop, reporter, clock });
    const validation = await validate(training);
    if (!validation) throw stopAt(training, at, loop.checkpoints);
    const result = resultOf(training, at, validation);
    const history = [...at.history, result];
    if (bestEpoch(history) === result) keepWeights(training, result.epoch, validation);
    const next = { epoch: at.epoch + 1, step: 0, lossSum: 0, correct: 0, history };
    at = { ...at, ...next, seconds: clock() };
    loop.checkpoints.save(at);
    reporter.endEpoch(at);
  }
  return at;
}

interface EpochLoop extends Loop {
  readonly reporter: ProgressReporter;
  /** Seconds that the run has taken so far. */
  readonly clock: () => number;
}

/** Trains the steps of one epoch that are left: batch by batch in the epoch's own order, each image changed at random. */
async function trainEpoch(training: Training, from: Progression, loop: EpochLoop): Promise<Progression> {
  const { config, options, split, trainer, steps, stepImages } = training;
  const { dataset, signal } = options;
  const { epoch } = from;
  const order = randomStream(config.seed, 'order', epoch).shuffle(split.training.slice());
  const side = imageSideAt(config.imageSizes, epoch, config.epochs);
  const images = new Float32Array(stepImages * side * side); // [batch, side, side], grey levels 0 to 1
  loop.reporter.startEpoch(from.step);
  let at = from;
  while (at.step < steps) {
    const rows = order.subarray(at.step * config.batchSize, (at.step + 1) * config.batchSize);
    augmentBatch(dataset, rows, images, { ranges: config.augmentation, seed: config.seed, epoch, side });
    const step = epoch * steps + at.step; // over all epochs: keys the schedule, the averages, dropout and mixup
    const { loss, correct } = trainer.step({
      images,
      labels: labelsOf(training.learnt, rows),
      side,
      learningRate: learningRate(training, at),
      step,
      taught: loop.teacher?.teach(rows),
      mixed: mixIfAsked(config, images, { count: rows.length, step }),
    });
    at = {
      ...at,
      step: at.step + 1,
      lossSum: at.lossSum + loss * rows.length,
      correct: at.correct + correct,
      seconds: loop.clock(),
    };
    loop.reporter.step(at);
    loop.checkpoints.saveIfDue(at);
    if (signal?.aborted) throw stopAt(training, at, loop.checkpoints);
    await setImmediate(); // lets interrupts and the notebook's messages through
  }
  return at;
}

/** Learning rate of the next step. */
function learningRate({ config, steps }: Training, { epoch, step }: Pick<Progression, 'epoch' | 'step'>) {
  return learningRateAt(config.schedule, config.learningRate, epoch * steps + step, config.epochs * steps);
}

/** Mixes the images in place where the configuration says so. */
function mixIfAsked(
  { mixupAlpha, seed }: RunConfig,
  images: Float32Array,
  { count, step }: { count: number; step: number },
) {
  if (mixupAlpha === undefined) return undefined;
  return mixNeighbours(images, count, { alpha: mixupAlpha, stream: randomStream(seed, 'mixup', step) });
}

/** What an epoch that was trained and validated comes to. */
function resultOf(training: Training, at: Progression, validation: Validation): EpochResult {
  const seen = at.step * training.stepImages;
  return {
    epoch: at.epoch + 1,
    learningRate: learningRate(training, { ...at, step: at.step - 1 }),
    loss: at.lossSum / seen,
    accuracy: at.correct / seen,
    valLoss: validation.loss,
    valAccuracy: validation.accuracy,
  };
}

function keepWeights({ folder, config, lock }: Training, epoch: number, { weights }: Validation): void {
  lock.check();
  saveTensors(runFiles(folder).weights, { meta: { model: config.model, epoch }, tensors: weights });
}

/** Leaves a checkpoint. @returns the error to throw */
function stopAt({ config, steps, options }: Training, at: Progression, checkpoints: Checkpoints): Error {
  checkpoints.save(at);
  return stopped(`in epoch ${at.epoch + 1} of ${config.epochs}, after step ${at.step} of ${steps}`, options);
}

/** Seconds since now, on top of those before. */
function startClock(before: number): () => number {
  const started = performance.now();
  return () => before + (performance.now() - started) / 1000;
}

/** A fresh start leaves nothing of an earlier run that could be taken for its own; what opened the test part stays. */
function startAfresh(folder: string): Progression {
  const { predictions, final: _, ...files } = runFiles(folder);
  for (const file of [...Object.values(files), predictions('validation'), predictions('test')])
    rmSync(file, { force: true });
  return beginning();
}

/** Takes a folder away that holds nothing that was trained. */
function removeUntrained(folder: string): void {
  const { config, environments } = runFiles(folder);
  const untrained = [config, environments].map((path) => basename(path));
  if (existsSync(folder) && readdirSync(folder).every((name) => untrained.includes(name)))
    rmSync(folder, { recursive: true });
}

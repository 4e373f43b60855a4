import { setImmediate } from 'node:timers/promises';
import { augmentBatch } from '../augment/batch';
import { mixNeighbours } from '../augment/mixup';
import type { ImageDataset } from '../dataset/dataset';
import { imageSideAt, learningRateAt } from '../engine/schedule';
import type { Trainer } from '../engine/trainer';
import { randomStream } from '../random';
import type { RunConfig } from '../run/config';
import type { Teacher } from './teacher';

/** Steps of one epoch: what is left over after the last whole batch waits for another epoch's order. */
export function stepsPerEpoch(images: number, batchSize: number): number {
  return Math.max(1, Math.floor(images / batchSize));
}

export interface EpochSums {
  readonly step: number;
  readonly lossSum: number;
  readonly correct: number;
}

export interface EpochContext {
  readonly config: RunConfig;
  readonly dataset: ImageDataset;
  readonly training: Uint32Array;
  readonly trainer: Trainer;
  /** Null where the labels alone teach. */
  readonly teacher: Teacher | null;
  /** From 0. */
  readonly epoch: number;
  /** Called after each step; `false` ends the epoch there. */
  readonly onStep: (sums: EpochSums) => boolean;
}

/** Learning rate of a step of an epoch, both from 0. */
export function learningRate(config: RunConfig, epoch: number, step: number, steps: number): number {
  return learningRateAt(config.schedule, config.learningRate, epoch * steps + step, config.epochs * steps);
}

/** Trains one epoch, from `from.step` on, and returns the sums up to where it ended. */
export async function trainEpoch(context: EpochContext, from: EpochSums): Promise<EpochSums> {
  const { config, dataset, trainer, epoch } = context;
  const order = randomStream(config.seed, 'order', epoch).shuffle(context.training.slice());
  const steps = stepsPerEpoch(order.length, config.batchSize);
  const side = imageSideAt(config.imageSizes, epoch, config.epochs);
  const images = new Float32Array(Math.min(config.batchSize, order.length) * side * side);
  let sums = from;
  for (let step = from.step; step < steps; step++) {
    const rows = order.subarray(step * config.batchSize, (step + 1) * config.batchSize);
    augmentBatch(dataset, rows, images, { ranges: config.augmentation, seed: config.seed, epoch, side });
    const labels = Uint8Array.from(rows, (row) => dataset.labels[row]!);
    const rate = learningRate(config, epoch, step, steps);
    const at = epoch * steps + step;
    const result = trainer.step({
      images,
      labels,
      side,
      learningRate: rate,
      step: at,
      taught: context.teacher?.teach(rows),
      mixed: mixIfAsked(config, images, rows.length, at),
    });
    const { lossSum, correct } = sums;
    sums = {
      step: step + 1,
      lossSum: lossSum + result.loss * rows.length,
      correct: correct + result.correct,
    };
    if (!context.onStep(sums)) break;
    await setImmediate(); // lets interrupts and the notebook's messages through
  }
  return sums;
}

/** Mixes the images in place where the configuration says so. @param at global step, which keys the shares */
function mixIfAsked({ mixupAlpha, seed }: RunConfig, images: Float32Array, count: number, at: number) {
  if (mixupAlpha === undefined) return undefined;
  return mixNeighbours(images, count, { alpha: mixupAlpha, stream: randomStream(seed, 'mixup', at) });
}

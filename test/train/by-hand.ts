// A training in plain calls of the engine, with every sum written out: what trainRun has to give, bit for bit.
// Nothing here comes from src/train.
import { augmentBatch } from '../../src/augment/batch';
import { mixNeighbours } from '../../src/augment/mixup';
import type { ImageDataset } from '../../src/dataset/dataset';
import type { TaughtLabels } from '../../src/engine/loss';
import { Network } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import type { WeightTensor } from '../../src/engine/weights';
import { buildModel } from '../../src/model/models';
import { randomStream } from '../../src/random';
import type { RunConfig } from '../../src/run/config';
import type { EpochResult } from '../../src/run/history';

interface HandOptions {
  readonly dataset: ImageDataset;
  /** Factor of each class's images; all 1 unless given. */
  readonly classWeights?: readonly number[];
  /** Side of the images of each epoch. */
  readonly sides: readonly number[];
  /** What a teacher says of some training images. */
  readonly teach?: (rows: Uint32Array) => TaughtLabels;
}

export interface HandEpoch {
  readonly result: EpochResult;
  /** What the validation part was predicted with. */
  readonly weights: readonly WeightTensor[];
}

/** Row numbers of an official part: 0 Training, 1 PublicTest. */
export function rowsOf({ usages }: ImageDataset, usage: number): Uint32Array {
  return Uint32Array.from([...usages.keys()].filter((row) => usages[row] === usage));
}

/** The learning rate of a step of all steps, by the formulas of the three courses. */
function rateByHand({ schedule, learningRate: peak }: RunConfig, step: number, steps: number): number {
  const done = step / steps;
  if (schedule === 'cosine') return (peak * (1 + Math.cos(Math.PI * done))) / 2;
  if (schedule === 'constant') return peak;
  return done < 0.23 ? peak * (0.1 + (0.9 * done) / 0.23) : (peak * (1 - done)) / 0.77;
}

/** Trains all epochs on the official parts, and validates after each with the averaged weights. */
export function trainByHand(config: RunConfig, options: HandOptions): HandEpoch[] {
  const network = Network.build(buildModel(config.model, options.dataset.spec), {
    seed: config.seed,
    precision: 'float32',
  });
  const trainer = new Trainer(network, {
    optimizer: config.optimizer,
    labelSmoothing: config.labelSmoothing,
    classWeights: options.classWeights,
    seed: config.seed,
    averageDecay: config.averageDecay === 0 ? undefined : config.averageDecay,
  });
  try {
    return options.sides.map((_, epoch) => epochByHand({ config, network, trainer, ...options }, epoch));
  } finally {
    trainer.dispose();
    network.dispose();
  }
}

interface HandSession extends HandOptions {
  readonly config: RunConfig;
  readonly network: Network;
  readonly trainer: Trainer;
}

function epochByHand(session: HandSession, epoch: number): HandEpoch {
  const { config, dataset, network, trainer } = session;
  const order = randomStream(config.seed, 'order', epoch).shuffle(rowsOf(dataset, 0));
  const stepsPerEpoch = Math.floor(order.length / config.batchSize); // what is left over is not seen
  const seen = stepsPerEpoch * config.batchSize;
  let [loss, correct, learningRate] = [0, 0, 0];
  for (let i = 0; i < stepsPerEpoch; i++) {
    const step = epoch * stepsPerEpoch + i;
    learningRate = rateByHand(config, step, session.sides.length * stepsPerEpoch);
    const rows = order.slice(i * config.batchSize, (i + 1) * config.batchSize);
    const result = trainer.step({ ...batchByHand(session, { rows, epoch, step }), learningRate, step });
    loss += (result.loss * config.batchSize) / seen;
    correct += result.correct;
  }
  const weights = trainer.withAveragedWeights(() => network.weights());
  const validation = trainer.withAveragedWeights(() => validateByHand(network, dataset));
  return {
    result: { epoch: epoch + 1, learningRate, loss, accuracy: correct / seen, ...validation },
    weights,
  };
}

function batchByHand(
  { config, dataset, sides, teach }: HandSession,
  { rows, epoch, step }: { rows: Uint32Array; epoch: number; step: number },
) {
  const { seed, augmentation: ranges, mixupAlpha: alpha } = config;
  const side = sides[epoch]!;
  const images = new Float32Array(rows.length * side * side);
  augmentBatch(dataset, rows, images, { ranges, seed, epoch, side });
  const labels = Uint8Array.from(rows, (row) => dataset.labels[row]!);
  const stream = randomStream(seed, 'mixup', step);
  const mixed = alpha === undefined ? undefined : mixNeighbours(images, rows.length, { alpha, stream });
  return { images, labels, side, mixed, taught: teach?.(rows) };
}

function validateByHand(network: Network, dataset: ImageDataset): { valLoss: number; valAccuracy: number } {
  const rows = rowsOf(dataset, 1);
  const probabilities = predictPlain(network, dataset, rows);
  const classes = probabilities.length / rows.length;
  let [valLoss, correct] = [0, 0];
  for (const [i, row] of rows.entries()) {
    const some = [...probabilities.subarray(i * classes, (i + 1) * classes)];
    const label = dataset.labels[row]!;
    valLoss -= Math.log(some[label]!) / rows.length;
    if (some.every((probability, k) => k === label || probability < some[label]!)) correct++;
  }
  return { valLoss, valAccuracy: correct / rows.length };
}

/** Probabilities of images as they are, or mirrored left to right. */
export function predictPlain(
  network: Network,
  { images, count }: ImageDataset,
  rows: Uint32Array,
  isMirrored = false,
): Float32Array {
  const pixels = images.length / count;
  const side = Math.sqrt(pixels);
  const input = new Float32Array(rows.length * pixels);
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < pixels; k++) {
      const from = isMirrored ? k - (k % side) + (side - 1 - (k % side)) : k;
      input[i * pixels + k] = images[row * pixels + from]! / 255;
    }
  }
  return network.predict(input);
}

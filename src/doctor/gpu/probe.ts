import { buildSample } from '../../dataset/sample';
import { Device } from '../../engine/device';
import { Network, type Precision } from '../../engine/network';
import { Trainer } from '../../engine/trainer';
import { buildModel, type ModelName } from '../../model/models';
import { normalize } from '../../preprocess/normalize';

/** What is trained for a while. */
export interface ProbeTask {
  readonly model: ModelName;
  readonly precision: Precision;
}

/** How the training went on one device. */
export interface Probe extends ProbeTask {
  readonly usesGpu: boolean;
  /** Loss of each step. */
  readonly losses: readonly number[];
  /** By the median step of the second half. */
  readonly imagesPerSecond: number;
}

export const BATCH = 64;
export const STEPS = 20;

/** No common divisor with the number of faces: steps through the sample meet every face once. */
const STRIDE = 37;

/** Trains a network with fresh weights for {@link STEPS} steps on the built-in sample. The same task gives the same steps. */
export function probeTraining({ model, precision }: ProbeTask): Probe {
  const sample = buildSample({ seed: 1 });
  const { side, classes } = sample.spec;
  const network = Network.build(buildModel(model, { side, classes }), { seed: 1, precision });
  const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
  const trainer = new Trainer(network, { optimizer, seed: 1 });
  const [losses, seconds]: [number[], number[]] = [[], []];
  try {
    for (let step = 0; step < STEPS; step++) {
      const started = performance.now();
      losses.push(trainer.step({ ...batchOf(sample, step), learningRate: 0.01, step }).loss);
      seconds.push((performance.now() - started) / 1000);
    }
  } finally {
    trainer.dispose();
    network.dispose();
  }
  const usual = seconds.slice(STEPS / 2).sort((a, b) => a - b)[STEPS / 4]!;
  return { model, precision, usesGpu: new Device().usesGpu, losses, imagesPerSecond: BATCH / usual };
}

function batchOf({ spec, images, labels, count }: ReturnType<typeof buildSample>, step: number) {
  const pixels = spec.side ** 2;
  const bytes = new Uint8Array(BATCH * pixels);
  const chosen = new Uint8Array(BATCH);
  for (let i = 0; i < BATCH; i++) {
    const row = (STRIDE * (step * BATCH + i)) % count;
    bytes.set(images.subarray(row * pixels, (row + 1) * pixels), i * pixels);
    chosen[i] = labels[row]!;
  }
  return { images: normalize(bytes), labels: chosen };
}

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Network } from '../../src/engine/network';
import type { OptimizerDefinition } from '../../src/engine/optimizer';
import { Trainer, type TrainingBatch } from '../../src/engine/trainer';
import { convolutionRelu } from '../../src/model/blocks';
import type { ModelDefinition } from '../../src/model/definition';
import { assertClose, assertCloseAsVectors } from './gradient-check';
import { type KerasJob, type KerasOutcome, trainWithKeras } from './keras';
import { CLASSES, randomExamples, smallModel } from './small-model';

const BATCH = 12;
const PLAIN = { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 } as const;
const SGD = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.05 } as const;
const ADAMW = { kind: 'adamw', beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.3 } as const;

/** The paper's kind of network: no batch norm, flattened. */
const PAPER: ModelDefinition = {
  ...smallModel(),
  layers: [
    ...convolutionRelu(16),
    ...convolutionRelu(16),
    { kind: 'maxPool', size: 2 },
    { kind: 'convolution', filters: 16, kernelSize: 3, stride: 2 },
    { kind: 'flatten' },
    { kind: 'dense', units: 12 },
    { kind: 'relu' },
    { kind: 'dense', units: CLASSES },
  ],
};

const SQUEEZED: ModelDefinition = {
  ...smallModel(),
  layers: [
    ...convolutionRelu(16),
    { kind: 'squeezeExcite', reduction: 4 },
    {
      kind: 'residual',
      layers: [
        { kind: 'convolution', filters: 24, kernelSize: 3 },
        { kind: 'squeezeExcite', reduction: 5 },
      ],
    },
    { kind: 'globalPool', statistic: 'meanAndMax' },
    { kind: 'dense', units: CLASSES },
  ],
};

const RECURRENT: ModelDefinition = {
  ...smallModel(),
  layers: [
    ...convolutionRelu(16),
    { kind: 'maxPool', size: 2 },
    { kind: 'rowLstm', units: 5 },
    { kind: 'dense', units: CLASSES },
  ],
};

/** Batches with all that a step can be given: rates that fall, mixed images, a teacher. */
function batches(rates: readonly number[]): TrainingBatch[] {
  return rates.map((learningRate, step) => {
    const { images, labels } = randomExamples(BATCH, step);
    const partners = Uint32Array.from({ length: BATCH }, (_, i) => (i * 5 + step) % BATCH);
    const shares = Float32Array.from({ length: BATCH }, (_, i) => 1 - 0.5 * ((i + step) % 3) * 0.4);
    const rows = randomExamples(BATCH, 50 + step).images;
    const probabilities = Float32Array.from({ length: BATCH * CLASSES }, (_, k) => {
      const row = rows.subarray(CLASSES * Math.floor(k / CLASSES)).subarray(0, CLASSES);
      return rows[k]! / row.reduce((sum, value) => sum + value, 0);
    });
    return {
      ...{ images, labels, learningRate, step },
      ...(step % 3 > 0 ? { mixed: { partners, shares } } : {}),
      ...(step % 2 > 0 ? { taught: { probabilities, share: 0.3 } } : {}),
    };
  });
}

function jobOf(
  definition: ModelDefinition,
  optimizer: OptimizerDefinition,
  rates: readonly number[],
): KerasJob {
  const network = Network.build(definition, { seed: 8 });
  // Biases start at zero and scales at one: as they are, their place would not show.
  const weights = network.weights().map((weight, k) => ({
    ...weight,
    values: weight.values.map((value, i) => value + 0.1 * Math.abs(Math.sin(7 * k + i))),
  }));
  network.dispose();
  const details = { labelSmoothing: 0.1, classWeights: [1, 2, 0.5], averageDecay: 0.9 };
  return { definition, weights, optimizer, ...details, steps: batches(rates) };
}

const RATES = [0.02, 0.05, 0.04, 0.03, 0.01];
const JOBS = {
  'every kind of layer, one plain step': jobOf(smallModel(), PLAIN, [1]),
  'squeeze-and-excitation, one plain step': jobOf(SQUEEZED, PLAIN, [1]),
  'LSTM over rows, one plain step': jobOf(RECURRENT, PLAIN, [1]),
  'LSTM over rows with SGD, five steps': jobOf(RECURRENT, SGD, RATES),
  'the paper’s layers, one plain step': jobOf(PAPER, PLAIN, [1]),
  'SGD with momentum and weight decay, five steps': jobOf(PAPER, SGD, RATES),
  'AdamW, five steps': jobOf(smallModel(), ADAMW, RATES),
  'squeeze-and-excitation with AdamW, five steps': jobOf(SQUEEZED, ADAMW, RATES),
} satisfies Record<string, KerasJob>;

let outcomes: Record<string, KerasOutcome> = {};
before(() => {
  const found = trainWithKeras(Object.values(JOBS));
  outcomes = Object.fromEntries(Object.keys(JOBS).map((name, i) => [name, found[i]!]));
});

/** AdamW divides by the size of gradients, and so enlarges the rounding of those near zero: a few weights move otherwise. */
const MOST_OFF = { sgd: 1e-3, adamw: 0.02 };

/** Keras moves the running variance without Bessel's correction. */
const isComparable = (name: string) => !name.endsWith('running-variance');

for (const [name, job] of Object.entries(JOBS)) {
  test(`${name}: logits, losses, weights and averages are those of Keras`, (t) => {
    const network = Network.build(job.definition, { seed: 1 });
    network.setWeights(job.weights);
    const trainer = new Trainer(network, { ...job, seed: 0 });
    t.after(() => {
      trainer.dispose();
      network.dispose();
    });
    const theirs = outcomes[name]!;
    assertClose(network.logits(job.steps[0]!.images), theirs.logits, { what: 'logits', tolerance: 1e-5 });
    const losses = job.steps.map((batch) => trainer.step(batch).loss);
    assertClose(losses, theirs.losses, { what: 'losses', tolerance: 5e-5 });
    // What a step changes is small beside the weights: compare the changes, which are the gradients at rate 1.
    for (const { name: weight, values } of network.weights().filter(({ name }) => isComparable(name))) {
      const start = job.weights.find((one) => one.name === weight)!.values;
      const moved = (end: ArrayLike<number>) => Array.from(end, (value, i) => value - start[i]!);
      const [ours, expected] = [moved(values), moved(theirs.weights[weight]!)];
      assertClose(ours, expected, { what: weight, tolerance: MOST_OFF[job.optimizer.kind] });
      assertCloseAsVectors(ours, expected, { what: weight, tolerance: 2e-3 });
    }
    const averaged = trainer.withAveragedWeights(() => network.weights());
    for (const { name: weight, values } of averaged.filter(({ name }) => isComparable(name)))
      assertClose(values, theirs.averages[weight]!, {
        what: `average of ${weight}`,
        tolerance: MOST_OFF[job.optimizer.kind] / 10,
      });
  });
}

test('the masks of dropout go by the step that the batch names', (t) => {
  const network = Network.build(smallModel(0.5), { seed: 3 });
  const trainer = new Trainer(network, { optimizer: PLAIN, seed: 4 });
  t.after(() => {
    trainer.dispose();
    network.dispose();
  });
  const lossAt = (step: number) => trainer.step({ ...randomExamples(BATCH), learningRate: 0, step }).loss;
  const losses = [0, 1, 2, 3].map(lossAt);
  assert.equal(new Set(losses).size, 4, `${losses}`);
  assert.deepEqual(
    [3, 1, 0, 2].map(lossAt),
    [3, 1, 0, 2].map((step) => losses[step]),
  );
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Network, type Precision } from '../../src/engine/network';
import { Trainer, type TrainerOptions } from '../../src/engine/trainer';
import type { WeightTensor } from '../../src/engine/weights';
import { EXIT, FerlabError } from '../../src/errors';
import type { ModelDefinition } from '../../src/model/definition';
import { NO_BFLOAT16 } from './bfloat16';
import { assertClose } from './gradient-check';
import { randomExamples, SIZE, smallModel } from './small-model';

const SGD = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 } as const;
const ADAMW = { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 } as const;
const BATCH = 16;

interface Session {
  readonly network: Network;
  readonly trainer: Trainer;
}

function open(
  options: Partial<TrainerOptions> & { precision?: Precision; weightSeed?: number } = {},
): Session {
  const { precision, weightSeed = 0, ...rest } = options;
  const network = Network.build(smallModel(0.25), { seed: weightSeed, precision });
  return { network, trainer: new Trainer(network, { optimizer: SGD, seed: 0, averageDecay: 0.9, ...rest }) };
}

function close({ network, trainer }: Session): void {
  trainer.dispose();
  network.dispose();
}

/** Steps `from` to `to` on batches that depend on the step alone. */
function advance({ trainer }: Session, from: number, to: number, afterStep?: () => void): number {
  let loss = 0;
  for (let step = from; step < to; step++) {
    loss = trainer.step({ ...randomExamples(BATCH, step), learningRate: 0.05, step }).loss;
    afterStep?.();
  }
  return loss;
}

function hash(tensors: readonly WeightTensor[]): string {
  const digest = createHash('sha256');
  for (const { name, values } of tensors) digest.update(name).update(Buffer.from(values.buffer));
  return digest.digest('hex');
}

/** The element types that this processor can train in. */
const PRECISIONS = NO_BFLOAT16 ? (['float32'] as const) : (['float32', 'bfloat16'] as const);

const fingerprint = ({ network, trainer }: Session) => hash([...network.weights(), ...trainer.state()]);

for (const precision of PRECISIONS) {
  test(`${precision}: one seed gives the same bits, whatever is looked at in between`, () => {
    const [quiet, curious, other] = [open({ precision }), open({ precision }), open({ precision, seed: 1 })];
    advance(quiet, 0, 6);
    advance(curious, 0, 6, () => {
      curious.network.predict(randomExamples(3).images);
      curious.trainer.withAveragedWeights(() => curious.network.weights());
    });
    advance(other, 0, 6);
    assert.equal(fingerprint(quiet), fingerprint(curious));
    assert.notEqual(fingerprint(quiet), fingerprint(other), 'another seed of the masks');
    for (const session of [quiet, curious, other]) close(session);
  });

  for (const optimizer of [SGD, ADAMW]) {
    test(`${precision}, ${optimizer.kind}: goes on from saved weights and state to the bit`, () => {
      const whole = open({ precision, optimizer });
      advance(whole, 0, 7);
      const first = open({ precision, optimizer });
      advance(first, 0, 3);
      const [weights, state] = [first.network.weights(), first.trainer.state()];
      const second = open({ precision, optimizer, weightSeed: 99 });
      second.network.setWeights(weights);
      second.trainer.setState(state);
      advance(second, 3, 7);
      assert.equal(fingerprint(second), fingerprint(whole));
      for (const session of [whole, first, second]) close(session);
    });
  }

  test(`${precision}: learns 64 images of noise by heart`, () => {
    const session = open({ precision, optimizer: { ...ADAMW, weightDecay: 0 } });
    const examples = randomExamples(64);
    for (let step = 0; step < 100; step++) {
      session.trainer.step({ ...examples, learningRate: 0.01, step });
    }
    const probabilities = session.network.predict(examples.images);
    const ofLabels = Array.from(examples.labels, (label, i) => probabilities[3 * i + label]!);
    assert.ok(Math.min(...ofLabels) > 0.5, `least probability of a label: ${Math.min(...ofLabels)}`);
    close(session);
  });
}

test('seed 0 is a seed of its own', () => {
  const [zero, one] = [0, 1].map((weightSeed) => {
    const session = open({ weightSeed });
    const start = hash(session.network.weights());
    close(session);
    return start;
  });
  assert.notEqual(zero, one);
});

test('a prediction after a step is that of the new weights', () => {
  const session = open();
  const { images } = randomExamples(BATCH, 1);
  const before = session.network.predict(images);
  advance(session, 0, 3);
  const fresh = Network.build(session.network.definition, { seed: 9 });
  fresh.setWeights(session.network.weights());
  const after = session.network.predict(images);
  assert.deepEqual(after, fresh.predict(images));
  assert.notDeepEqual(after, before);
  fresh.dispose();
  close(session);
});

test('the averaged weights are the average that was asked for, and hold on to less at first', () => {
  const session = open({ averageDecay: 0.25 });
  const decays = [1 / 10, 2 / 11, 0.25, 0.25];
  const averages = session.network.weights().map(({ values }) => Float64Array.from(values));
  for (const [step, decay] of decays.entries()) {
    advance(session, step, step + 1);
    session.network.weights().forEach(({ values }, k) => {
      values.forEach((value, i) => {
        averages[k]![i] = decay * averages[k]![i]! + (1 - decay) * value;
      });
    });
  }
  const averaged = session.trainer.withAveragedWeights(() => session.network.weights());
  for (const [k, { name, values }] of averaged.entries()) {
    assertClose(values, averages[k]!, { what: name, tolerance: 1e-5 });
  }
  close(session);
});

test('the trained weights come back after the averaged ones, after a failure too', () => {
  const session = open();
  advance(session, 0, 2);
  const before = hash(session.network.weights());
  const predicted = session.network.predict(randomExamples(4).images);
  const averaged = session.trainer.withAveragedWeights(() => {
    assert.notEqual(hash(session.network.weights()), before);
    return session.network.predict(randomExamples(4).images);
  });
  assert.notDeepEqual(averaged, predicted);
  assert.throws(() => session.trainer.withAveragedWeights(() => assert.fail('on purpose')), /on purpose/);
  assert.equal(hash(session.network.weights()), before);
  assert.deepEqual(session.network.predict(randomExamples(4).images), predicted);
  close(session);
});

test('numbers that are not finite end with a clear error and leave the weights', () => {
  const weightsOf = ({ network }: Session) =>
    hash(network.weights().filter(({ name }) => !name.includes('running')));
  const { labels } = randomExamples(BATCH);
  for (const precision of PRECISIONS) {
    const session = open({ precision });
    const before = weightsOf(session);
    // Max pooling takes the neighbours of a single NaN, so that the loss does not see it.
    for (const bad of [[Number.NaN], new Array<number>(BATCH * SIZE * SIZE).fill(1e38)]) {
      const { images } = randomExamples(BATCH);
      images.set(bad);
      assert.throws(
        () => session.trainer.step({ images, labels, learningRate: 0.1, step: 41 }),
        (error) =>
          error instanceof FerlabError &&
          /at step 41/.test(error.message) &&
          /learning rate/.test(error.remedy ?? '') &&
          error.exitStatus === EXIT.diverged,
      );
      assert.equal(weightsOf(session), before);
    }
    close(session);
  }
});

test('weights and state of another network are refused by name', () => {
  const session = open();
  const [first, ...others] = session.network.weights();
  assert.throws(() => session.network.setWeights(others), /convolution-1\/filter is missing/);
  const short = { ...first!, values: new Float32Array(3) };
  assert.throws(
    () => session.network.setWeights([short, ...others]),
    /convolution-1\/filter has 3 numbers instead of 72/,
  );
  assert.throws(() => session.trainer.setState([]), /is missing/);
  close(session);
});

/** Lets the nth operation from now on fail, as TensorFlow fails: with an operation that it doesn't know. */
function failAt({ network: { device } }: Session, nth: number): { undo(): void; calls(): number } {
  const execute = device.execute.bind(device);
  let calls = 0;
  device.execute = (name, ...rest) => execute(calls++ === nth ? `${name}That${nth}Lacks` : name, ...rest);
  return {
    undo: () => {
      device.execute = execute;
    },
    calls: () => calls,
  };
}

test('a step that fails, wherever it fails, leaves no tensor behind and can be repeated', () => {
  const session = open({ optimizer: ADAMW });
  const { trainer, network } = session;
  const batch = { ...randomExamples(BATCH), learningRate: 0.001, step: 1 };
  trainer.step(batch); // makes the constants
  const counting = failAt(session, -1);
  trainer.step(batch);
  counting.undo();
  assert.ok(counting.calls() > 100, `${counting.calls()} operations`);
  const failures = [
    () => trainer.step({ ...batch, images: batch.images.map(() => Number.NaN) }),
    () => trainer.step({ ...batch, images: batch.images.subarray(1) }),
    () => trainer.step({ ...batch, side: SIZE + 1 }),
    ...Array.from({ length: counting.calls() }, (_, nth) => () => {
      const failing = failAt(session, nth);
      try {
        trainer.step(batch);
      } finally {
        failing.undo();
      }
    }),
  ];
  const left = failures.map((fail) => {
    assert.throws(fail);
    return network.device.liveCount;
  });
  assert.deepEqual([...new Set(left)], [left[0]]);
  trainer.step(batch);
  close(session);
  assert.equal(network.device.liveCount, 0);
});

test('a prediction that fails leaves no tensor behind', () => {
  const session = open();
  const { network } = session;
  const { images } = randomExamples(3);
  network.predict(images);
  const before = network.device.liveCount;
  assert.throws(() => network.predict(images.subarray(1)));
  assert.equal(network.device.liveCount, before);
  close(session);
});

test('layers before the first that learns keep nothing after a step', () => {
  const definition: ModelDefinition = {
    ...smallModel(),
    layers: [
      { kind: 'convolution', filters: 4, kernelSize: 3, trainable: false },
      { kind: 'relu' },
      { kind: 'maxPool', size: 2 },
      { kind: 'flatten' },
      { kind: 'dense', units: 3 },
    ],
  };
  const network = Network.build(definition, { seed: 1 });
  const trainer = new Trainer(network, { optimizer: SGD, seed: 0 });
  const counts = [0, 1, 2].map((step) => {
    trainer.step({ ...randomExamples(BATCH), learningRate: 0.1, step });
    return network.device.liveCount;
  });
  assert.equal(new Set(counts).size, 1, `${counts}`);
  trainer.dispose();
  network.dispose();
  assert.equal(network.device.liveCount, 0);
});

test('nothing is left behind: tensors and resident memory are flat over 200 steps', () => {
  const session = open({ optimizer: ADAMW });
  const { device } = session.network;
  const examples = randomExamples(BATCH);
  const work = (from: number, to: number) => {
    for (let step = from; step < to; step++) {
      session.trainer.step({ ...examples, learningRate: 0.001, step });
      if (step % 20 === 0)
        session.trainer.withAveragedWeights(() => session.network.predict(examples.images));
    }
  };
  work(0, 40);
  const [tensors, resident] = [device.liveCount, process.memoryUsage().rss];
  work(40, 240);
  assert.equal(device.liveCount, tensors);
  const grown = (process.memoryUsage().rss - resident) / 2 ** 20;
  assert.ok(grown < 40, `resident memory grew by ${grown.toFixed(1)} MiB`);
  close(session);
  assert.equal(device.liveCount, 0, 'disposing frees everything');
});

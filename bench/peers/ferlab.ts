// The engine of this project, as the train room calls it: augmentation is measured apart.
import { Network } from '../../src/engine/network';
import { Trainer } from '../../src/engine/trainer';
import { type Answer, noise, processorSeconds, servePeer, type Task, timed } from '../protocol';

interface Prepared {
  network: Network;
  trainer: Trainer;
  images: Float32Array;
  labels: Uint8Array;
  step: number;
}

const ABOUT = 'this checkout, one thread for each core';

const prepared = new Map<string, Prepared>();

function prepare(task: Task): Prepared {
  const key = JSON.stringify([task.model, task.batch, task.precision]);
  let known = prepared.get(key);
  if (!known) {
    const network = Network.build(task.model, { seed: 1, precision: task.precision });
    const optimizer = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0 } as const;
    const labels = Uint8Array.from({ length: task.batch }, (_, i) => i % 7);
    known = {
      network,
      trainer: new Trainer(network, { optimizer, seed: 1 }),
      images: noise(task.batch),
      labels,
      step: 0,
    };
    prepared.set(key, known);
    run(known, task, 2);
  }
  return known;
}

function run(p: Prepared, task: Task, steps: number): void {
  for (let i = 0; i < steps; i++) {
    if (task.kind === 'train')
      p.trainer.step({ images: p.images, labels: p.labels, learningRate: 0.01, step: p.step++ });
    else p.network.predict(p.images, { batchSize: task.batch });
  }
}

servePeer(async (task: Task): Promise<Answer> => {
  const p = prepare(task);
  const parameters = p.network.parameterCount;
  if (task.kind !== 'latency') {
    run(p, task, 1);
    const before = processorSeconds();
    const seconds = [await timed(() => run(p, task, task.steps))];
    return { seconds, processorSeconds: processorSeconds() - before, parameters, about: ABOUT };
  }
  const seconds: number[] = [];
  for (let i = 0; i < task.steps; i++) seconds.push(await timed(() => run(p, task, 1)));
  return { seconds, parameters, about: ABOUT };
});

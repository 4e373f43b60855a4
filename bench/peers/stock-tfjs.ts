// tfjs-node as its users know it: tf.layers and model.fit.
import * as tf from '@tensorflow/tfjs-node';
import { buildLayersModel } from '../../src/export/layers-model';
import type { ModelDefinition } from '../../src/model/definition';
import { type Answer, noise, servePeer, type Task, timed } from '../protocol';

function build(definition: ModelDefinition): tf.LayersModel {
  const model = buildLayersModel(definition);
  model.compile({ optimizer: tf.train.momentum(0.01, 0.9, true), loss: 'categoricalCrossentropy' });
  return model;
}

const ABOUT = `tfjs-node ${tf.version['tfjs-node']}, one thread for each core`;

/** Models, and what has run once: the first run of a batch size is not timed. */
const warm = new Set<string>();
const models = new Map<string, tf.LayersModel>();

servePeer(async (task: Task): Promise<Answer> => {
  const key = JSON.stringify(task.model);
  const model = models.get(key) ?? build(task.model);
  const first = JSON.stringify([key, task.kind, task.batch]);
  models.set(key, model);
  const parameters = (model.trainableWeights as unknown as { shape: number[] }[]).reduce(
    (sum, weight) => sum + weight.shape.reduce((a, b) => a * b, 1),
    0,
  );
  const tensor = (count: number) => tf.tensor4d(noise(count), [count, 48, 48, 1]);
  const x = tensor(task.batch * (task.kind === 'train' ? task.steps : 1));
  const y = tf.oneHot(tf.range(0, x.shape[0], 1, 'int32').mod(tf.scalar(7, 'int32')).toInt(), 7).toFloat();
  const fit = () => model.fit(x, y, { batchSize: task.batch, epochs: 1, shuffle: false, verbose: 0 });
  const infer = () => tf.tidy(() => (model.predict(x, { batchSize: task.batch }) as tf.Tensor).dataSync());
  if (!warm.has(first)) await (task.kind === 'train' ? fit() : infer());
  warm.add(first);
  const seconds: number[] = [];
  if (task.kind === 'train') seconds.push(await timed(fit));
  else if (task.kind === 'infer') {
    infer();
    seconds.push(
      await timed(() => {
        for (let i = 0; i < task.steps; i++) infer();
      }),
    );
  } else for (let i = 0; i < task.steps; i++) seconds.push(await timed(infer));
  tf.dispose([x, y]);
  return { seconds, parameters, about: ABOUT };
});

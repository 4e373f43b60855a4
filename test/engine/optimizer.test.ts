import { test } from 'node:test';
import { Device } from '../../src/engine/device';
import { buildOptimizer, type OptimizerDefinition } from '../../src/engine/optimizer';
import { Variable } from '../../src/engine/variable';
import { assertClose, normals } from './gradient-check';

const STEPS = 5;
const rate = (step: number) => 0.1 / (step + 1);
const gradientAt = (name: string, step: number) => normals(6, `${name} ${step}`);

/** Weights after five steps on given gradients: a matrix, which decays, and a vector, which does not. */
function optimised(definition: OptimizerDefinition): Record<'matrix' | 'vector', Float32Array> {
  const device = new Device();
  const matrix = new Variable(device, 'matrix', [2, 3], normals(6, 'matrix'));
  const vector = new Variable(device, 'vector', [6], normals(6, 'vector'));
  const optimizer = buildOptimizer(definition, [matrix, vector]);
  for (let step = 0; step < STEPS; step++) {
    for (const variable of [matrix, vector]) {
      variable.setGradient(device.upload(gradientAt(variable.name, step), variable.shape));
    }
    optimizer.apply(rate(step), step);
  }
  return { matrix: matrix.values(), vector: vector.values() };
}

/** Follows one weight with `update`, which returns its next value. */
function followed(
  name: 'matrix' | 'vector',
  update: (weight: number, gradient: number, step: number, memory: number[]) => number,
): number[] {
  return [...normals(6, name)].map((start, i) => {
    const memory = [0, 0];
    let weight = start;
    for (let step = 0; step < STEPS; step++)
      weight = update(weight, gradientAt(name, step)[i]!, step, memory);
    return weight;
  });
}

for (const nesterov of [false, true]) {
  test(`SGD with ${nesterov ? "Nesterov's" : 'plain'} momentum and weight decay, against plain numbers`, () => {
    const [momentum, weightDecay] = [0.9, 0.05];
    const ours = optimised({ kind: 'sgd', momentum, nesterov, weightDecay });
    for (const name of ['matrix', 'vector'] as const) {
      const expected = followed(name, (weight, rawGradient, step, memory) => {
        const gradient = rawGradient + (name === 'matrix' ? weightDecay * weight : 0);
        memory[0] = momentum * memory[0]! - rate(step) * gradient;
        return weight + (nesterov ? momentum * memory[0]! - rate(step) * gradient : memory[0]!);
      });
      assertClose(ours[name], expected, { what: name, tolerance: 1e-5 });
    }
  });
}

test('AdamW with decoupled decay, against plain numbers', () => {
  const [beta1, beta2, epsilon, weightDecay] = [0.9, 0.99, 1e-7, 0.2];
  const ours = optimised({ kind: 'adamw', beta1, beta2, epsilon, weightDecay });
  for (const name of ['matrix', 'vector'] as const) {
    const expected = followed(name, (start, gradient, step, memory) => {
      const weight = name === 'matrix' ? start * (1 - rate(step) * weightDecay) : start;
      memory[0] = beta1 * memory[0]! + (1 - beta1) * gradient;
      memory[1] = beta2 * memory[1]! + (1 - beta2) * gradient ** 2;
      const first = memory[0] / (1 - beta1 ** (step + 1));
      const second = memory[1] / (1 - beta2 ** (step + 1));
      return weight - (rate(step) * first) / (Math.sqrt(second) + epsilon);
    });
    assertClose(ours[name], expected, { what: name, tolerance: 1e-4 });
  }
});

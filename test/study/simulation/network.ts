import type { TestContext } from 'node:test';
import { Network } from '../../../src/engine/network';
import { Trainer, type TrainingBatch } from '../../../src/engine/trainer';
import type { WeightTensor } from '../../../src/engine/weights';
import { currentProcess, type SimulatedProcess } from './node';

/** Numbers in which each step of a training leaves its mark: one that is missed, done twice or in another order shows. */
class MarkedNetwork {
  readonly precision = 'float32';
  readonly variables = [];
  readonly parameterCount = 4;
  readonly #marks: Float32Array;

  constructor(
    readonly definition: { readonly classes: number },
    seed: number,
  ) {
    this.#marks = Float32Array.from({ length: this.parameterCount }, (_, i) => seed + i);
  }

  learn({ images, labels, learningRate, step }: TrainingBatch): { loss: number; correct: number } {
    const seen = images.reduce((sum, level, i) => sum + level * ((i % 5) + 1), labels[0]!) / images.length;
    for (const [i, mark] of this.#marks.entries())
      this.#marks[i] = mark / 2 + seen + learningRate * (step + i);
    return { loss: 1 / (1 + seen), correct: labels[0]! % labels.length };
  }

  /** Probabilities [count, classes] that come from images and marks. */
  predict(images: Float32Array): Float32Array {
    const { classes } = this.definition;
    const pixels = 48 * 48;
    const all = new Float32Array((images.length / pixels) * classes);
    for (let i = 0; i < all.length / classes; i++) {
      const favourite = Math.floor(100 * images[i * pixels]! + this.#marks[0]!) % classes;
      all.fill(0.5 / (classes - 1), i * classes, (i + 1) * classes);
      all[i * classes + favourite] = 0.5;
    }
    return all;
  }

  weights(): WeightTensor[] {
    return [{ name: 'marks', shape: [this.parameterCount], values: this.#marks.slice() }];
  }

  setWeights(tensors: readonly WeightTensor[]): void {
    this.#marks.set(tensors[0]!.values);
  }

  dispose(): void {}
}

/** Trains {@link MarkedNetwork}s in the place of networks until the test has ended. */
export function mockNetworks(t: TestContext, onStep: (process: SimulatedProcess) => void): void {
  t.mock.method(
    Network,
    'build',
    (definition: { classes: number }, { seed }: { seed: number }) => new MarkedNetwork(definition, seed),
  );
  t.mock.method(Trainer.prototype, 'step', function step(this: Trainer, batch: TrainingBatch) {
    const process = currentProcess();
    if (process) onStep(process);
    return (this.network as unknown as MarkedNetwork).learn(batch);
  });
}

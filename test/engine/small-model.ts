import type { ModelDefinition } from '../../src/model/definition';
import { randomStream } from '../../src/random';

export const CLASSES = 3;
export const SIZE = 8;

/** Every kind of layer in a few thousand weights; dropout only if asked, since no other library draws our masks. */
export function smallModel(dropout = 0): ModelDefinition {
  return {
    name: 'small',
    inputShape: [SIZE, SIZE, 1],
    classes: CLASSES,
    layers: [
      { kind: 'convolution', filters: 8, kernelSize: 3, bias: false },
      { kind: 'batchNorm' },
      { kind: 'relu' },
      { kind: 'maxPool', size: 2 },
      ...(dropout > 0 ? [{ kind: 'dropout', rate: dropout } as const] : []),
      {
        kind: 'residual',
        layers: [
          { kind: 'convolution', filters: 16, kernelSize: 3, bias: false },
          { kind: 'batchNorm' },
          { kind: 'relu' },
          { kind: 'convolution', filters: 16, kernelSize: 3 },
        ],
      },
      { kind: 'relu' },
      { kind: 'globalPool', statistic: 'meanAndMax' },
      { kind: 'dense', units: 12 },
      { kind: 'relu' },
      { kind: 'dense', units: CLASSES },
    ],
  };
}

export interface Examples {
  /** [count, 8, 8, 1] in [0, 1] */
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

/** Noise that says nothing of its label: a network can only learn it by heart. */
export function randomExamples(count: number, seed = 1): Examples {
  const stream = randomStream(seed, 'examples');
  return {
    images: Float32Array.from({ length: count * SIZE * SIZE }, () => stream.uniform()),
    labels: Uint8Array.from({ length: count }, () => stream.integer(CLASSES)),
  };
}

import { DTYPE } from '../../engine/attribute';
import { Graph } from '../../engine/graph/graph';
import { IMAGES } from '../../engine/graph/inference-graph';
import { encodeGraph } from '../../engine/graph/saved-model';
import { NETWORKS, type NetworkName } from './cascade';
import type { OnnxWeight, OnnxWeights } from './weights';

/** What the graph gives: see {@link NETWORKS}. */
export const OUTPUT = 'face';

/** Poolings of a network: after which convolution, windows and whether a remainder at the edge is a window too. */
type Poolings = Readonly<Record<number, { size: number; padding: 'SAME' | 'VALID' }>>;

const POOLINGS: Readonly<Record<NetworkName, Poolings>> = {
  pnet: { 0: { size: 2, padding: 'SAME' } },
  rnet: { 0: { size: 3, padding: 'SAME' }, 1: { size: 3, padding: 'VALID' } },
  onet: {
    0: { size: 3, padding: 'SAME' },
    1: { size: 3, padding: 'VALID' },
    2: { size: 2, padding: 'SAME' },
  },
};

/**
 * A network of MTCNN as bytes of a SavedModel: `images` [count, width, height, 3] in [-1, 1] to `face`, for `pnet`
 * [count, columns, rows, 5], else [count, 5 or 15]: the probability of a face, offsets, landmarks.
 */
export function encodeMtcnn(name: NetworkName, weights: OnnxWeights): Uint8Array {
  const builder = new MtcnnGraph(weights);
  const { side } = NETWORKS[name];
  const length = name === 'pnet' ? -1 : side;
  let value = builder.graph.input(IMAGES, [-1, length, length, 3]);
  for (const [i] of weights.slopes.entries()) {
    const isDense = name !== 'pnet' && i === weights.slopes.length - 1;
    value = isDense ? builder.denseWithSlopes(value, i) : builder.convolveWithSlopes(value, i);
    const pooling = POOLINGS[name][i];
    if (pooling) value = builder.pool(value, pooling);
  }
  const heads = name === 'pnet' ? builder.convolvedHeads(value) : builder.denseHeads(value);
  builder.join(heads, name === 'pnet' ? 4 : 2);
  return encodeGraph(builder.graph, {
    inputs: { images: { name: IMAGES, shape: [-1, length, length, 3] } },
    outputs: {
      face: { name: OUTPUT, shape: name === 'pnet' ? [-1, -1, -1, 5] : [-1, NETWORKS[name].outputs] },
    },
  });
}

/** Adds the layers of which MTCNN is made to a graph. */
class MtcnnGraph {
  readonly graph = new Graph();
  #count = 0;

  constructor(readonly weights: OnnxWeights) {}

  convolveWithSlopes(input: string, i: number): string {
    return this.#slopes(this.#convolve(input, this.weights.convolution[i]!), this.weights.slopes[i]![0]!);
  }

  denseWithSlopes(input: string, i: number): string {
    const [matrix] = this.weights.dense[0]!;
    const flat = this.#add('Reshape', [input, this.#integers([-1, matrix!.shape[0]!])], {
      Tshape: DTYPE.int32,
    });
    return this.#slopes(this.#dense(flat, 0), this.weights.slopes[i]![0]!);
  }

  pool(input: string, { size, padding }: { size: number; padding: string }): string {
    return this.#add('MaxPool', [input], { ksize: [1, size, size, 1], strides: [1, 2, 2, 1], padding });
  }

  /** Outputs of `pnet`, the class last, as in the file: offsets, then the probabilities of no face and of a face. */
  convolvedHeads(input: string): string[] {
    return this.weights.convolution
      .slice(this.weights.slopes.length)
      .map((weights) => this.#convolve(input, weights));
  }

  denseHeads(input: string): string[] {
    return this.weights.dense.slice(1).map((_, i) => this.#dense(input, i + 1));
  }

  /** Joins the probability of a face and the offsets (and landmarks) along the last of `rank` axes. */
  join(heads: readonly string[], rank: number): void {
    const classes = heads.at(-1)!;
    const probabilities = this.#add('Softmax', [classes]);
    const [begin, size] = [new Array(rank).fill(0), new Array(rank).fill(-1)];
    begin[rank - 1] = 1;
    const face = this.#add('Slice', [probabilities, this.#integers(begin), this.#integers(size)], {
      Index: DTYPE.int32,
    });
    const parts = [face, ...heads.slice(0, -1)];
    const axis = this.#integers([rank - 1], []);
    const attributes = { T: DTYPE.float32, N: parts.length, Tidx: DTYPE.int32 };
    this.graph.add('ConcatV2', OUTPUT, [...parts, axis], attributes);
  }

  #convolve(input: string, [filter, bias]: readonly OnnxWeight[]): string {
    const { shape, values } = filtersLast(filter!);
    const product = this.#add('Conv2D', [input, this.#constant(shape, values)], {
      strides: [1, 1, 1, 1],
      padding: 'VALID',
    });
    return this.#add('BiasAdd', [product, this.#vector(bias!.values)]);
  }

  #dense(input: string, i: number): string {
    const [matrix] = this.weights.dense[i]!;
    const product = this.#add('MatMul', [input, this.#constant(matrix!.shape, matrix!.values)]);
    return this.#add('BiasAdd', [product, this.#vector(this.weights.bias[i]![0]!.values)]);
  }

  /** Negative values times the slope of their channel. */
  #slopes(input: string, { values }: OnnxWeight): string {
    const zero = this.#constant([], new Float32Array(1));
    const negative = this.#add('Mul', [this.#add('Minimum', [input, zero]), this.#vector(values)]);
    return this.#add('AddV2', [this.#add('Relu', [input]), negative]);
  }

  #add(operation: string, inputs: readonly string[], attributes = {}): string {
    const name = `${operation}${this.#count++}`;
    return this.graph.add(operation, name, inputs, { T: DTYPE.float32, ...attributes });
  }

  #constant(shape: readonly number[], values: Float32Array | Int32Array): string {
    return this.graph.constant(`constant${this.#count++}`, shape, values);
  }

  #vector(values: Float32Array): string {
    return this.#constant([values.length], values);
  }

  #integers(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#constant(shape, Int32Array.from(values));
  }
}

/** [output, input, height, width] to [height, width, input, output]. */
function filtersLast({ shape, values }: OnnxWeight): OnnxWeight {
  const [outputs, inputs, height, width] = shape as [number, number, number, number];
  const area = height * width;
  const turned = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const place = i % area;
    const input = Math.floor(i / area) % inputs;
    const output = Math.floor(i / (area * inputs));
    turned[(place * inputs + input) * outputs + output] = values[i]!;
  }
  return { shape: [height, width, inputs, outputs], values: turned };
}

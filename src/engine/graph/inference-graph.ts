import { type LayerDefinition, type ModelDefinition, takesAnySize } from '../../model/definition';
import { outputShape } from '../../model/describe';
import { nameLayers, shortcutLayers } from '../../model/named-layers';
import { DTYPE } from '../attribute';
import type { WeightsByName } from '../weights';
import { type FoldedConvolution, foldNorm, type Norm, normAsGain } from './fold';
import { Graph } from './graph';

type Of<Kind extends LayerDefinition['kind']> = Extract<LayerDefinition, { kind: Kind }>;
type Named<Layer> = { readonly name: string; readonly layer: Layer };

/** A value of the graph with its shape, less the batch axis. */
interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Names of the value that is fed and of those that can be asked for. */
export const IMAGES = 'images';
export type OutputName = 'logits' | 'probabilities';

/**
 * The graph that predicts: `images` [batch, height, width, channels] to `logits` and `probabilities` [batch, classes],
 * all float32. Dropout goes and batch norm becomes part of the convolution before it; TensorFlow then joins
 * convolution, bias and ReLU to one operation.
 * @param dtype of the feature maps, float32 or bfloat16
 */
export function buildInferenceGraph(
  definition: ModelDefinition,
  weight: WeightsByName,
  dtype: number = DTYPE.float32,
): Graph {
  const graph = new Graph();
  const builder = new Builder(graph, weight, dtype);
  const images = graph.input(IMAGES, imagesShape(definition));
  const first = { name: builder.cast(images, `${IMAGES}/cast`), shape: definition.inputShape };
  const last = builder.applyAll(definition.layers, first, '');
  graph.add('Cast', 'logits', [last.name], { SrcT: dtype, DstT: DTYPE.float32 });
  graph.add('Softmax', 'probabilities', ['logits'], { T: DTYPE.float32 });
  return graph;
}

/** Shape of the images that a model takes, with -1 for any length. */
export function imagesShape(definition: ModelDefinition): readonly number[] {
  const [height, width, channels] = definition.inputShape;
  return takesAnySize(definition) ? [-1, -1, -1, channels] : [-1, height, width, channels];
}

/** Turns layers into nodes. */
class Builder {
  constructor(
    readonly graph: Graph,
    readonly weight: WeightsByName,
    readonly dtype: number,
  ) {}

  applyAll(layers: readonly LayerDefinition[], input: Value, prefix: string): Value {
    const named = nameLayers(layers, prefix);
    return named.reduce((value, { name, layer }, i) => {
      const isFolded = layer.kind === 'batchNorm' && named[i - 1]?.layer.kind === 'convolution';
      if (isFolded) return value;
      if (layer.kind === 'convolution') return this.#convolution({ name, layer }, value, named[i + 1]);
      return this.#apply({ name, layer }, value);
    }, input);
  }

  /** A float32 value in the element type of the feature maps. */
  cast(input: string, name: string): string {
    if (this.dtype === DTYPE.float32) return input;
    return this.graph.add('Cast', name, [input], { SrcT: DTYPE.float32, DstT: this.dtype });
  }

  #apply({ name, layer }: Named<Exclude<LayerDefinition, Of<'convolution'>>>, value: Value): Value {
    switch (layer.kind) {
      case 'dropout':
        return value; // does nothing to predictions
      case 'relu':
        return { ...value, name: this.#add('Relu', name, [value.name]) };
      case 'batchNorm':
        return this.#batchNorm({ name, layer }, value);
      case 'maxPool':
        return this.#maxPool({ name, layer }, value);
      case 'globalPool':
        return this.#globalPool({ name, layer }, value);
      case 'flatten':
        return this.#flatten({ name, layer }, value);
      case 'dense':
        return this.#dense({ name, layer }, value);
      case 'residual':
        return this.#residual({ name, layer }, value);
    }
  }

  #convolution(
    { name, layer }: Named<Of<'convolution'>>,
    value: Value,
    next?: Named<LayerDefinition>,
  ): Value {
    const { filters, stride = 1, bias = true } = layer;
    const own: FoldedConvolution = {
      filter: this.weight(`${name}/filter`),
      bias: bias ? this.weight(`${name}/bias`).values : new Float32Array(filters),
    };
    const folded =
      next?.layer.kind === 'batchNorm' ? foldNorm(own, this.weight, normOf(next.name, next.layer)) : own;
    const filter = this.#constant(`${name}/filter`, folded.filter.shape, folded.filter.values);
    const convolved = this.#add('Conv2D', `${name}/product`, [value.name, filter], {
      strides: [1, stride, stride, 1],
      padding: 'SAME',
    });
    const offset = this.#constant(`${name}/bias`, [filters], folded.bias);
    const biased = this.#add('BiasAdd', name, [convolved, offset]);
    return { name: biased, shape: outputShape(layer, value.shape) };
  }

  #batchNorm({ name, layer }: Named<Of<'batchNorm'>>, { name: input, shape }: Value): Value {
    const { gain, offset } = normAsGain(this.weight, normOf(name, layer));
    const scaled = this.#add('Mul', `${name}/product`, [
      input,
      this.#constant(`${name}/gain`, [gain.length], gain),
    ]);
    const shifted = this.#constant(`${name}/offset`, [offset.length], offset);
    return { name: this.#add('AddV2', name, [scaled, shifted]), shape };
  }

  #maxPool({ name, layer }: Named<Of<'maxPool'>>, { name: input, shape }: Value): Value {
    const { size, stride = size } = layer;
    const window = { ksize: [1, size, size, 1], strides: [1, stride, stride, 1], padding: 'VALID' };
    return { name: this.#add('MaxPool', name, [input], window), shape: outputShape(layer, shape) };
  }

  #globalPool({ name, layer }: Named<Of<'globalPool'>>, { name: input, shape }: Value): Value {
    const axes = this.#indices(`${name}/axes`, [1, 2]);
    const pool = (op: string) => this.#add(op, `${name}/${op}`, [input, axes], { Tidx: DTYPE.int32 });
    const ops = { mean: ['Mean'], max: ['Max'], meanAndMax: ['Mean', 'Max'] }[layer.statistic];
    return { name: this.#join(name, ops.map(pool)), shape: outputShape(layer, shape) };
  }

  /** Joins rows along their features. */
  #join(name: string, parts: readonly string[]): string {
    if (parts.length === 1) return parts[0]!;
    const axis = this.graph.constant(`${name}/axis`, [], Int32Array.of(1));
    return this.#add('ConcatV2', name, [...parts, axis], { N: parts.length, Tidx: DTYPE.int32 });
  }

  #flatten({ name, layer }: Named<Of<'flatten'>>, { name: input, shape }: Value): Value {
    const flat = outputShape(layer, shape);
    const rows = this.#indices(`${name}/shape`, [-1, ...flat]);
    return { name: this.#add('Reshape', name, [input, rows]), shape: flat };
  }

  #dense({ name, layer }: Named<Of<'dense'>>, { name: input, shape }: Value): Value {
    const kernel = this.weight(`${name}/kernel`);
    const constant = this.#constant(`${name}/kernel`, kernel.shape, kernel.values);
    const product = this.#add('MatMul', `${name}/product`, [input, constant]);
    const units = outputShape(layer, shape);
    if (layer.bias === false) return { name: product, shape: units };
    const bias = this.#constant(`${name}/bias`, units, this.weight(`${name}/bias`).values);
    return { name: this.#add('BiasAdd', name, [product, bias]), shape: units };
  }

  #residual({ name, layer }: Named<Of<'residual'>>, value: Value): Value {
    const inner = this.applyAll(layer.layers, value, `${name}/`);
    const shortcut = shortcutLayers(value.shape.at(-1)!, inner.shape.at(-1)!);
    const carried = this.applyAll(shortcut, value, `${name}/shortcut/`);
    return { name: this.#add('AddV2', name, [carried.name, inner.name]), shape: inner.shape };
  }

  /** An operation on feature maps. */
  #add(op: string, name: string, inputs: readonly string[], attributes = {}): string {
    return this.graph.add(op, name, inputs, { T: this.dtype, ...attributes });
  }

  #constant(name: string, shape: readonly number[], values: Float32Array): string {
    return this.cast(this.graph.constant(name, shape, values), `${name}/cast`);
  }

  #indices(name: string, values: readonly number[]): string {
    return this.graph.constant(name, [values.length], Int32Array.from(values));
  }
}

function normOf(name: string, { epsilon = 1e-3 }: Of<'batchNorm'>): Norm {
  return { name, epsilon };
}

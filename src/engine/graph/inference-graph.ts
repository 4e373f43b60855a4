import type { ModelDefinition } from '../../model/definition';
import { DTYPE } from '../attribute';
import { takesAnySize } from '../describe';
import type { Affine, Flow, GraphPlace, NodeAttributes } from '../layers/kind';
import { applyLayers, type Neighbours, type ResolvedLayer, resolveLayers } from '../layers/resolve';
import type { WeightsByName } from '../weights';
import { Graph } from './graph';

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
  const { layers, inputShape } = definition;
  const value = builder.cast(images, `${IMAGES}/cast`);
  const last = builder.applyAll(resolveLayers(layers, inputShape, ''), { value, shape: inputShape });
  graph.add('Cast', 'logits', [last.value], { SrcT: dtype, DstT: DTYPE.float32 });
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

  applyAll(layers: readonly ResolvedLayer[], input: Flow<string>): Flow<string> {
    return applyLayers(layers, input, (layer, value, neighbours) => this.#apply(layer, value, neighbours));
  }

  /** A float32 value in the element type of the feature maps. */
  cast(input: string, name: string): string {
    return this.convert(input, name, { from: DTYPE.float32, to: this.dtype });
  }

  convert(input: string, name: string, { from, to }: { from: number; to: number }): string {
    return from === to ? input : this.graph.add('Cast', name, [input], { SrcT: from, DstT: to });
  }

  #apply(layer: ResolvedLayer, input: string, { previous, next }: Neighbours): string {
    if (previous?.kind.absorbsAffine && layer.kind.affine) return input;
    const affine = layer.kind.absorbsAffine && next ? this.#affine(next) : null;
    return layer.kind.infer(layer.options, this.#place(layer, input, affine));
  }

  #affine({ kind, options, name }: ResolvedLayer): Affine | null {
    return kind.affine?.(options, { weight: (part) => this.weight(`${name}/${part}`) }) ?? null;
  }

  #place({ name, inputShape, effect }: ResolvedLayer, input: string, affine: Affine | null): GraphPlace {
    const { graph } = this;
    return {
      ...{ name, input, inputShape, outputShape: effect.outputShape, affine },
      weight: (part) => this.weight(`${name}/${part}`),
      applyInner: (layers, flow, prefix) =>
        this.applyAll(resolveLayers(layers, flow.shape, `${name}/${prefix}`), flow),
      add: (operation, node, inputs, attributes: NodeAttributes = {}) =>
        graph.add(operation, node, inputs, { T: this.dtype, ...attributes }),
      constant: (node, shape, values) => this.cast(graph.constant(node, shape, values), `${node}/cast`),
      floats: (node, shape, values) => graph.constant(node, shape, values),
      integers: (node, values, shape = [values.length]) =>
        graph.constant(node, shape, Int32Array.from(values)),
      dtype: this.dtype,
      cast: (value, node, types) => this.convert(value, node, types),
    };
  }
}

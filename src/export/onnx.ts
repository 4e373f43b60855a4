import { takesAnySize } from '../engine/describe';
import type { Flow, OnnxPlace } from '../engine/layers/kind';
import { applyLayers, type ResolvedLayer, resolveLayers } from '../engine/layers/resolve';
import { type WeightsByName, type WeightTensor, weightsByName } from '../engine/weights';
import type { ModelDefinition } from '../model/definition';
import { metadataOf } from './metadata';
import { OnnxGraph } from './onnx-graph';
import { encodeModel, FLOAT } from './onnx-messages';
import { writeExport } from './write';

/** Opset 13 of 2020 and IR version 8: what every runtime in use reads. */
const OPSET = 13;
const IR_VERSION = 8;

/**
 * Writes an ONNX model from `images` [batch, height, width, channels] in [0, 1] to `probabilities` [batch, classes], the
 * same layout as everywhere in this project; ONNX's own [batch, channels, height, width] is used within.
 */
export function exportOnnx(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  { path, classes }: { path: string; classes: readonly string[] },
): void {
  writeExport(path, encodeOnnx(definition, weights, classes));
}

/** The bytes that {@link exportOnnx} writes. @param classes their names in the order of the probabilities */
export function encodeOnnx(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  classes: readonly string[],
): Uint8Array {
  return encodeModel(describeOnnx(definition, weightsByName(weights), classes));
}

function describeOnnx(
  definition: ModelDefinition,
  weight: WeightsByName,
  classes: readonly string[],
): object {
  const { inputShape } = definition;
  const [height, width, channels] = inputShape;
  const graph = new OnnxGraph();
  const value = graph.add('Transpose', 'channels-first', ['images'], { perm: [0, 3, 1, 2] });
  const layers = resolveLayers(definition.layers, inputShape, '');
  const logits = new Builder(graph, weight).applyAll(layers, { value, shape: inputShape });
  graph.add('Softmax', 'probabilities', [logits.value], { axis: 1 });
  const sides = takesAnySize(definition) ? ['height', 'width'] : [height, width];
  return {
    ir_version: IR_VERSION,
    producer_name: 'ferlab',
    opset_import: [{ domain: '', version: OPSET }],
    metadata_props: Object.entries(metadataOf(classes)).map(([key, value]) => ({ key, value })),
    graph: {
      name: definition.name,
      node: graph.node,
      initializer: graph.initializer,
      input: [valueInfo('images', ['batch', ...sides, channels])],
      output: [valueInfo('probabilities', ['batch', definition.classes])],
    },
  };
}

function valueInfo(name: string, shape: readonly (number | string)[]): object {
  const dim = shape.map((size) => (typeof size === 'string' ? { dim_param: size } : { dim_value: size }));
  return { name, type: { tensor_type: { elem_type: FLOAT, shape: { dim } } } };
}

/** Turns layers into nodes. */
class Builder {
  constructor(
    readonly graph: OnnxGraph,
    readonly weight: WeightsByName,
  ) {}

  applyAll(layers: readonly ResolvedLayer[], input: Flow<string>): Flow<string> {
    return applyLayers(layers, input, (layer, value) =>
      layer.kind.onnx(layer.options, this.#place(layer, value)),
    );
  }

  #place({ name, inputShape, effect }: ResolvedLayer, input: string): OnnxPlace {
    const { graph } = this;
    return {
      ...{ name, input, inputShape, outputShape: effect.outputShape },
      weight: (part) => this.weight(`${name}/${part}`),
      applyInner: (layers, flow, prefix) =>
        this.applyAll(resolveLayers(layers, flow.shape, `${name}/${prefix}`), flow),
      add: (operation, node, inputs, attributes) => graph.add(operation, node, inputs, attributes),
      constant: (tensor) => graph.constant(tensor),
      integers: (node, values, shape = [values.length]) => graph.integers(node, values, shape),
    };
  }
}

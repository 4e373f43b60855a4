import { type WeightsByName, type WeightTensor, weightsByName } from '../engine/weights';
import { type LayerDefinition, type ModelDefinition, takesAnySize } from '../model/definition';
import { nameLayers, shortcutLayers } from '../model/named-layers';
import { METADATA } from './metadata';
import { OnnxGraph } from './onnx-graph';
import { encodeModel, FLOAT } from './onnx-messages';
import { writeExport } from './write';

/** Opset 13 of 2020 and IR version 8: what every runtime in use reads. */
const OPSET = 13;
const IR_VERSION = 8;

type Of<Kind extends LayerDefinition['kind']> = Extract<LayerDefinition, { kind: Kind }>;
/** A feature map [batch, channels, height, width], or rows [batch, features], with the length of its second axis. */
interface Value {
  readonly name: string;
  readonly channels: number;
}

/**
 * Writes an ONNX model from `images` [batch, height, width, channels] in [0, 1] to `probabilities` [batch, classes], the
 * same layout as everywhere in this project; ONNX's own [batch, channels, height, width] is used within.
 */
export function exportOnnx(
  definition: ModelDefinition,
  weights: readonly WeightTensor[],
  path: string,
): void {
  writeExport(path, encodeModel(describeOnnx(definition, weightsByName(weights))));
}

function describeOnnx(definition: ModelDefinition, weight: WeightsByName): object {
  const [height, width, channels] = definition.inputShape;
  const graph = new OnnxGraph();
  const first = graph.add('Transpose', 'channels-first', ['images'], { perm: [0, 3, 1, 2] });
  const builder = new Builder(graph, weight);
  const logits = builder.applyAll(definition.layers, { name: first, channels }, '');
  graph.add('Softmax', 'probabilities', [logits.name], { axis: 1 });
  const sides = takesAnySize(definition) ? ['height', 'width'] : [height, width];
  return {
    ir_version: IR_VERSION,
    producer_name: 'ferlab',
    opset_import: [{ domain: '', version: OPSET }],
    metadata_props: Object.entries(METADATA).map(([key, value]) => ({ key, value })),
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

  applyAll(layers: readonly LayerDefinition[], input: Value, prefix: string): Value {
    return nameLayers(layers, prefix).reduce(
      (value, { name, layer }) => this.#apply(layer, value, name),
      input,
    );
  }

  #apply(layer: LayerDefinition, value: Value, name: string): Value {
    const { channels } = value;
    const keep = (type: string, inputs: readonly string[], attributes = {}): Value => ({
      name: this.graph.add(type, name, inputs, attributes),
      channels,
    });
    switch (layer.kind) {
      case 'convolution':
        return this.#convolution(layer, value, name);
      case 'batchNorm': {
        const weights = ['scale', 'offset', 'running-mean', 'running-variance'];
        const constants = weights.map((part) => this.graph.constant(this.weight(`${name}/${part}`)));
        return keep('BatchNormalization', [value.name, ...constants], { epsilon: layer.epsilon ?? 1e-3 });
      }
      case 'relu':
        return keep('Relu', [value.name]);
      case 'maxPool': {
        const { size, stride = size } = layer;
        return keep('MaxPool', [value.name], { kernel_shape: [size, size], strides: [stride, stride] });
      }
      case 'dropout':
        return value; // does nothing to predictions
      case 'globalPool':
        return this.#globalPool(layer, value, name);
      case 'flatten':
        return this.#flatten(value, name);
      case 'dense':
        return this.#dense(layer, value, name);
      case 'residual':
        return this.#residual(layer, value, name);
    }
  }

  #convolution(
    { filters, kernelSize, stride = 1, bias = true }: Of<'convolution'>,
    value: Value,
    name: string,
  ): Value {
    const filter = this.graph.constant(filtersFirst(this.weight(`${name}/filter`)));
    const biases = bias ? [this.graph.constant(this.weight(`${name}/bias`))] : [];
    const attributes = {
      auto_pad: 'SAME_UPPER',
      kernel_shape: [kernelSize, kernelSize],
      strides: [stride, stride],
    };
    return {
      name: this.graph.add('Conv', name, [value.name, filter, ...biases], attributes),
      channels: filters,
    };
  }

  #globalPool({ statistic }: Of<'globalPool'>, { name: input, channels }: Value, name: string): Value {
    const pool = (type: string, part: string) =>
      this.graph.add('Flatten', `${name}/${part}-row`, [this.graph.add(type, `${name}/${part}`, [input])], {
        axis: 1,
      });
    const mean = () => pool('GlobalAveragePool', 'mean');
    const max = () => pool('GlobalMaxPool', 'max');
    if (statistic === 'mean') return { name: mean(), channels };
    if (statistic === 'max') return { name: max(), channels };
    return { name: this.graph.add('Concat', name, [mean(), max()], { axis: 1 }), channels: 2 * channels };
  }

  /** The dense layer after it expects height, width, channels in this order. */
  #flatten({ name: input, channels }: Value, name: string): Value {
    const last = this.graph.add('Transpose', `${name}/channels-last`, [input], { perm: [0, 2, 3, 1] });
    return { name: this.graph.add('Flatten', name, [last], { axis: 1 }), channels };
  }

  #dense({ units, bias = true }: Of<'dense'>, { name: input }: Value, name: string): Value {
    const kernel = this.graph.constant(this.weight(`${name}/kernel`));
    const biases = bias ? [this.graph.constant(this.weight(`${name}/bias`))] : [];
    return { name: this.graph.add('Gemm', name, [input, kernel, ...biases]), channels: units };
  }

  #residual({ layers }: Of<'residual'>, value: Value, name: string): Value {
    const inner = this.applyAll(layers, value, `${name}/`);
    const shortcut = shortcutLayers(value.channels, inner.channels);
    const carried = this.applyAll(shortcut, value, `${name}/shortcut/`);
    return { name: this.graph.add('Add', name, [carried.name, inner.name]), channels: inner.channels };
  }
}

/** [height, width, input, output] to [output, input, height, width]. */
function filtersFirst({ name, shape, values }: WeightTensor): WeightTensor {
  const [height, width, input, output] = shape as [number, number, number, number];
  const area = height * width;
  const turned = new Float32Array(values.length);
  for (const [i, value] of values.entries()) {
    const out = i % output;
    const into = Math.floor(i / output) % input;
    const place = Math.floor(i / (output * input));
    turned[(out * input + into) * area + place] = value;
  }
  return { name, shape: [output, input, height, width], values: turned };
}

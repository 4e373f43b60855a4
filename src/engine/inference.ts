import type { NativeTensor } from './device';
import { BatchNorm } from './layers/batch-norm';
import { Branches, Sequence } from './layers/compose';
import { Convolution } from './layers/convolution';
import { Dropout } from './layers/dropout';
import type { Layer, Pass } from './layers/layer';
import { conv2d } from './operations/convolution';
import { Variable } from './variable';

/**
 * The same function as `layer` without what only training needs: dropout goes, and batch norm becomes part of the
 * convolution before it, unless it holds a ReLU, with which it is one operation already. The result owns the
 * folded weights, so it has to be built anew when the originals change.
 */
export function buildInference(layer: Layer): Layer {
  if (layer instanceof Sequence) return new Sequence(simplify(layer.layers), layer.outputShape);
  if (layer instanceof Branches) return new Branches(layer.branches.map(buildInference), layer.join);
  return withoutVariables(layer);
}

function simplify(layers: readonly Layer[]): Layer[] {
  const simplified: Layer[] = [];
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    const next = layers[i + 1];
    if (layer instanceof Dropout) continue;
    if (layer instanceof Convolution && next instanceof BatchNorm && !next.options.relu) {
      simplified.push(fold(layer, next));
      i++;
    } else simplified.push(buildInference(layer));
  }
  return simplified;
}

/** A layer whose variables still belong to the network that trains it. */
function withoutVariables(layer: Layer): Layer {
  return {
    outputShape: layer.outputShape,
    variables: [],
    forward: (x, pass) => layer.forward(x, pass),
    backward: (dy, needsInput) => layer.backward(dy, needsInput),
  };
}

/** Convolution and batch norm as one: scale / sqrt(variance + epsilon) goes into the filter, the rest into the bias. */
function fold(convolution: Convolution, norm: BatchNorm): Layer {
  const [scale, offset, mean, variance] = norm.variables.map((variable) =>
    variable.values(),
  ) as Float32Array[];
  const filters = scale!.length;
  const gain = scale!.map((value, c) => value / Math.sqrt(variance![c]! + norm.options.epsilon));
  const filter = convolution.filter.values().map((value, i) => value * gain[i % filters]!);
  const before = convolution.bias?.values() ?? new Float32Array(filters);
  const bias = offset!.map((value, c) => value + (before[c]! - mean![c]!) * gain[c]!);
  return new FoldedConvolution(convolution, filter, bias);
}

class FoldedConvolution implements Layer {
  readonly outputShape: readonly number[];
  readonly variables: readonly Variable[];
  readonly #filter: Variable;
  readonly #bias: Variable;

  constructor(
    readonly original: Convolution,
    filter: Float32Array,
    bias: Float32Array,
  ) {
    const { device, name, shape } = original.filter;
    this.#filter = new Variable(device, `${name}/folded`, shape, filter, false);
    this.#bias = new Variable(device, `${name}/folded-bias`, [bias.length], bias, false);
    this.outputShape = original.outputShape;
    this.variables = [this.#filter, this.#bias];
  }

  forward(x: NativeTensor, _pass: Pass): NativeTensor {
    const { dtype, stride } = this.original;
    const filter = this.#filter.read(dtype);
    const bias = this.#bias.read(dtype);
    const y = conv2d(x, { filter, bias }, stride);
    for (const tensor of [x, filter, bias]) tensor.release();
    return y;
  }

  backward(): NativeTensor {
    throw new Error('a folded convolution is for inference alone');
  }
}

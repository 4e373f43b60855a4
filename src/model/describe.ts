import type { LayerDefinition, ModelDefinition } from './definition';

/** One layer as a table shows it. */
export interface LayerDescription {
  readonly layer: string;
  /** Without the batch: [height, width, channels], or [features]. */
  readonly outputShape: readonly number[];
  /** Numbers that are learnt; the running statistics of batch norm are not. */
  readonly parameters: number;
  /** Multiplications with addition for one image; those of element-wise layers are not counted. */
  readonly multiplyAdds: number;
}

const product = (shape: readonly number[]) => shape.reduce((size, length) => size * length, 1);

/** The layers of a network in order, with what each costs; a residual block's layers follow its own row. */
export function describeModel(definition: ModelDefinition): LayerDescription[] {
  return describeLayers(definition.layers, definition.inputShape);
}

function describeLayers(
  layers: readonly LayerDefinition[],
  inputShape: readonly number[],
): LayerDescription[] {
  let shape = inputShape;
  return layers.flatMap((layer) => {
    const rows =
      layer.kind === 'residual' ? describeResidual(layer.layers, shape) : [describeLayer(layer, shape)];
    shape = rows.at(-1)!.outputShape;
    return rows;
  });
}

function describeResidual(layers: readonly LayerDefinition[], shape: readonly number[]): LayerDescription[] {
  const inner = describeLayers(layers, shape);
  const outputShape = inner.at(-1)!.outputShape;
  const [from, to] = [shape.at(-1)!, outputShape.at(-1)!];
  // A 1x1 convolution with batch norm carries x where the channel counts differ.
  const weights = from === to ? 0 : from * to;
  const block = {
    layer: `+ input${weights ? ' through 1x1 convolution' : ''}`,
    outputShape,
    parameters: weights ? weights + 2 * to : 0,
    multiplyAdds: (weights * product(outputShape)) / to,
  };
  return [...inner, block];
}

function describeLayer(
  layer: Exclude<LayerDefinition, { kind: 'residual' }>,
  shape: readonly number[],
): LayerDescription {
  const plain = (name: string, outputShape: readonly number[] = shape) => ({
    layer: name,
    outputShape,
    parameters: 0,
    multiplyAdds: 0,
  });
  const channels = shape.at(-1)!;
  const pooled = (stride: number) => [
    ...shape.slice(0, -1).map((length) => Math.ceil(length / stride)),
    channels,
  ];
  switch (layer.kind) {
    case 'convolution': {
      const { filters, kernelSize, stride = 1, bias = true } = layer;
      const outputShape = [...pooled(stride).slice(0, -1), filters];
      const weights = kernelSize ** 2 * channels * filters;
      const multiplyAdds = (weights * product(outputShape)) / filters;
      const name = `convolution ${kernelSize}x${kernelSize}, ${filters} filters`;
      return { layer: name, outputShape, parameters: weights + (bias ? filters : 0), multiplyAdds };
    }
    case 'dense': {
      const { units, bias = true } = layer;
      const weights = product(shape) * units;
      return {
        layer: `dense ${units}`,
        outputShape: [units],
        parameters: weights + (bias ? units : 0),
        multiplyAdds: weights,
      };
    }
    case 'batchNorm':
      return { ...plain('batch norm'), parameters: 2 * channels };
    case 'relu':
      return plain('ReLU');
    case 'maxPool':
      return plain(`max pooling ${layer.size}x${layer.size}`, pooled(layer.stride ?? layer.size));
    case 'globalPool':
      return plain(`global ${layer.statistic} pooling`, [
        layer.statistic === 'meanAndMax' ? 2 * channels : channels,
      ]);
    case 'dropout':
      return plain(`dropout ${layer.rate}${layer.perChannel ? ' by channel' : ''}`);
    case 'flatten':
      return plain('flatten', [product(shape)]);
  }
}

import type { LayerDefinition, ModelDefinition } from './definition';
import { nameLayers, shortcutLayers } from './named-layers';

/** One layer of a network, without its batch axis. */
export interface ModelRow {
  /** Its name, with which those of its weights begin, such as `convolution-2`. */
  readonly layer: string;
  readonly outputShape: readonly number[];
  /** Weights that training changes. */
  readonly parameters: number;
  /** Multiplications with an addition, for one image; those of norms, ReLUs and poolings are not counted. */
  readonly multiplyAdds: number;
}

type Shape = readonly number[];
type Of<Kind extends LayerDefinition['kind']> = Extract<LayerDefinition, { kind: Kind }>;
type Effect = Omit<ModelRow, 'layer'>;

/** The layers of a model in order, with those inside a residual block before the block itself. */
export function describeModel(definition: ModelDefinition): ModelRow[] {
  return describeLayers(definition.layers, definition.inputShape, '');
}

/** Sums over all layers. */
export function modelSize(definition: ModelDefinition): { parameters: number; multiplyAdds: number } {
  const rows = describeModel(definition);
  return {
    parameters: rows.reduce((sum, row) => sum + row.parameters, 0),
    multiplyAdds: rows.reduce((sum, row) => sum + row.multiplyAdds, 0),
  };
}

/** The numbers of filters that are no multiples of 16, each once: oneDNN computes those more slowly. */
export function oddWidths({ layers }: Pick<ModelDefinition, 'layers'>): number[] {
  const widths = layers.flatMap((layer) => {
    if (layer.kind === 'residual') return oddWidths(layer);
    return layer.kind === 'convolution' && layer.filters % 16 !== 0 ? [layer.filters] : [];
  });
  return [...new Set(widths)];
}

/** Shape of what a layer gives, from that of what it takes; both without the batch axis. */
export function outputShape(layer: Exclude<LayerDefinition, Of<'residual'>>, input: Shape): Shape {
  return describeLayer(layer, input).outputShape;
}

function describeLayers(layers: readonly LayerDefinition[], input: Shape, prefix: string): ModelRow[] {
  const rows: ModelRow[] = [];
  let shape = input;
  for (const { name, layer } of nameLayers(layers, prefix)) {
    if (layer.kind === 'residual') rows.push(...describeResidual(layer, shape, name));
    else rows.push({ layer: name, ...describeLayer(layer, shape) });
    shape = rows.at(-1)!.outputShape;
  }
  return rows;
}

function describeResidual(block: Of<'residual'>, input: Shape, name: string): ModelRow[] {
  const inner = describeLayers(block.layers, input, `${name}/`);
  const outputShape = inner.at(-1)?.outputShape ?? input;
  const shortcut = shortcutLayers(input.at(-1)!, outputShape.at(-1)!);
  return [
    ...describeLayers(shortcut, input, `${name}/shortcut/`),
    ...inner,
    { layer: name, outputShape, parameters: 0, multiplyAdds: 0 },
  ];
}

function describeLayer(layer: Exclude<LayerDefinition, Of<'residual'>>, input: Shape): Effect {
  const channels = input.at(-1)!;
  const unchanged: Effect = { outputShape: input, parameters: 0, multiplyAdds: 0 };
  switch (layer.kind) {
    case 'convolution':
      return describeConvolution(layer, input);
    case 'dense':
      return describeDense(layer, input);
    case 'batchNorm':
      return { ...unchanged, parameters: 2 * channels };
    case 'maxPool':
      return { ...unchanged, outputShape: pooledShape(layer, input) };
    case 'globalPool':
      return { ...unchanged, outputShape: [layer.statistic === 'meanAndMax' ? 2 * channels : channels] };
    case 'flatten':
      return { ...unchanged, outputShape: [product(input)] };
    default:
      return unchanged;
  }
}

function describeConvolution(layer: Of<'convolution'>, input: Shape): Effect {
  const [height, width, channels] = input as [number, number, number];
  const { filters, kernelSize, stride = 1, bias = true, trainable = true } = layer;
  const outputShape = [Math.ceil(height / stride), Math.ceil(width / stride), filters];
  const weights = kernelSize ** 2 * channels * filters;
  return {
    outputShape,
    parameters: trainable ? weights + (bias ? filters : 0) : 0,
    multiplyAdds: (weights / filters) * product(outputShape),
  };
}

function describeDense({ units, bias = true }: Of<'dense'>, input: Shape): Effect {
  const weights = product(input) * units;
  return { outputShape: [units], parameters: weights + (bias ? units : 0), multiplyAdds: weights };
}

function pooledShape({ size, stride = size }: Of<'maxPool'>, input: Shape): Shape {
  const [height, width, channels] = input as [number, number, number];
  const windows = (length: number) => 1 + Math.floor((length - size) / stride);
  return [windows(height), windows(width), channels];
}

function product(shape: Shape): number {
  return shape.reduce((total, length) => total * length, 1);
}

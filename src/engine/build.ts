import { FerlabError } from '../errors';
import type { LayerDefinition, ModelDefinition } from '../model/definition';
import { nameLayers, shortcutLayers } from '../model/named-layers';
import { BatchNorm } from './layers/batch-norm';
import { Branches, Sequence } from './layers/compose';
import { Convolution } from './layers/convolution';
import { Dense } from './layers/dense';
import { Dropout } from './layers/dropout';
import { Flatten } from './layers/flatten';
import { GlobalMaxPool, GlobalMeanPool } from './layers/global-pool';
import type { Layer, LayerContext } from './layers/layer';
import { MaxPool } from './layers/max-pool';
import { Relu } from './layers/relu';

type Of<Kind extends LayerDefinition['kind']> = Extract<LayerDefinition, { kind: Kind }>;

/** What stays the same for all layers of a network. */
export type BuildOptions = Pick<LayerContext, 'device' | 'seed' | 'dtype'>;

/** The layers of a model, ready to run. */
export function buildLayers(definition: ModelDefinition, options: BuildOptions): Sequence {
  const sequence = buildSequence(definition.layers, {
    ...options,
    name: '',
    inputShape: definition.inputShape,
  });
  if (sequence.outputShape.length !== 1 || sequence.outputShape[0] !== definition.classes) {
    throw new FerlabError(
      `model ${definition.name} ends in shape [${sequence.outputShape}] instead of [${definition.classes}]`,
      { remedy: 'end the layers with a dense layer of as many units as there are classes' },
    );
  }
  return sequence;
}

function buildSequence(definitions: readonly LayerDefinition[], context: LayerContext): Sequence {
  const layers: Layer[] = [];
  let inputShape = context.inputShape;
  const arranged = nameLayers(arrange(definitions), context.name);
  for (const [i, { name, layer: definition }] of arranged.entries()) {
    const layer = buildLayer(definition, { ...context, name, inputShape }, i === arranged.length - 1);
    layers.push(layer);
    inputShape = layer.outputShape;
  }
  return new Sequence(layers, inputShape);
}

/** A layer as it is run: a ReLU may have become part of the batch norm before it. */
type ArrangedLayer = LayerDefinition & { readonly relu?: boolean };

/**
 * Puts max pooling before a ReLU that it follows: the two commute, because ReLU is monotone, and the ReLU then
 * has a quarter of the work. A ReLU that still follows a batch norm becomes part of it.
 */
function arrange(definitions: readonly LayerDefinition[]): ArrangedLayer[] {
  const swapped = [...definitions];
  for (let i = 1; i < swapped.length; i++) {
    const [before, here] = [swapped[i - 1]!, swapped[i]!];
    if (before.kind === 'relu' && here.kind === 'maxPool') [swapped[i - 1], swapped[i]] = [here, before];
  }
  return swapped.flatMap((layer, i): ArrangedLayer[] => {
    if (layer.kind === 'relu' && swapped[i - 1]?.kind === 'batchNorm') return [];
    if (layer.kind === 'batchNorm') return [{ ...layer, relu: swapped[i + 1]?.kind === 'relu' }];
    return [layer];
  });
}

function buildLayer(definition: ArrangedLayer, context: LayerContext, isLast: boolean): Layer {
  switch (definition.kind) {
    case 'convolution':
      return new Convolution(context, { stride: 1, bias: true, trainable: true, ...definition });
    case 'batchNorm':
      return new BatchNorm(context, { momentum: 0.9, epsilon: 1e-3, relu: false, ...definition });
    case 'relu':
      return new Relu(context.inputShape);
    case 'maxPool':
      return new MaxPool(context, { stride: definition.size, ...definition });
    case 'globalPool':
      return buildGlobalPool(definition, context);
    case 'dropout':
      return new Dropout(context, { perChannel: false, ...definition });
    case 'flatten':
      return new Flatten(context);
    case 'dense':
      return new Dense(context, { bias: true, gain: isLast ? 1 : 2, ...definition });
    case 'residual':
      return buildResidual(definition, context);
  }
}

function buildGlobalPool({ statistic }: Of<'globalPool'>, context: LayerContext): Layer {
  if (statistic === 'mean') return new GlobalMeanPool(context);
  if (statistic === 'max') return new GlobalMaxPool(context);
  return new Branches([new GlobalMeanPool(context), new GlobalMaxPool(context)], 'concat');
}

function buildResidual(definition: Of<'residual'>, context: LayerContext): Layer {
  const inner = buildSequence(definition.layers, { ...context, name: `${context.name}/` });
  const [height, width, channels] = context.inputShape;
  const [innerHeight, innerWidth, innerChannels] = inner.outputShape;
  if (height !== innerHeight || width !== innerWidth) {
    throw new FerlabError(`residual block ${context.name} changes the image size`, {
      remedy: 'pool before or after the block',
    });
  }
  const shortcut = shortcutLayers(channels!, innerChannels!);
  return new Branches(
    [buildSequence(shortcut, { ...context, name: `${context.name}/shortcut/` }), inner],
    'sum',
  );
}

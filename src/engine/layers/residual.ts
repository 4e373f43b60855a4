import { FerlabError } from '../../errors';
import type { LayerDefinition } from '../../model/definition';
import { Branches } from './branches';
import type { Flow, LayerKind } from './kind';
import type { Layer, LayerContext } from './layer';

interface ResidualSettings {
  /** x + layers(x); where the channel counts differ a 1x1 convolution with batch norm carries x. */
  readonly layers: readonly LayerDefinition[];
}

declare module '../../model/definition' {
  interface LayerSettings {
    residual: ResidualSettings;
  }
}

export const residual: LayerKind<'residual', ResidualSettings> = {
  name: 'residual',
  resolve: (definition) => definition,
  inner: ({ layers }) => layers,
  describe({ layers }, inputShape, describeInner) {
    const rows = describeInner(layers, inputShape, '');
    const outputShape = rows.at(-1)?.outputShape ?? inputShape;
    const shortcut = shortcutLayers(inputShape.at(-1)!, outputShape.at(-1)!);
    return { outputShape, inner: [...describeInner(shortcut, inputShape, 'shortcut/'), ...rows] };
  },
  build: buildResidual,
  infer({ layers }, place) {
    const [carried, inner] = applyBoth(layers, place);
    return place.add('AddV2', place.name, [carried, inner]);
  },
  onnx({ layers }, place) {
    const [carried, inner] = applyBoth(layers, place);
    return place.add('Add', place.name, [carried, inner]);
  },
  layersModel({ layers }, place) {
    return place.apply(place.layers.add({ name: place.label() }), applyBoth(layers, place));
  },
};

/** What carries the input to the sum: nothing, or a 1x1 convolution where the channel counts differ. */
function shortcutLayers(from: number, to: number): LayerDefinition[] {
  if (from === to) return [];
  return [{ kind: 'convolution', filters: to, kernelSize: 1, bias: false }, { kind: 'batchNorm' }];
}

function buildResidual({ layers }: ResidualSettings, context: LayerContext): Layer {
  const inner = context.buildInner(layers, '');
  const [height, width, channels] = context.inputShape;
  const [innerHeight, innerWidth, innerChannels] = inner.outputShape;
  if (height !== innerHeight || width !== innerWidth) {
    throw new FerlabError(`residual block ${context.name} changes the image size`, {
      remedy: 'pool before or after the block',
    });
  }
  const shortcut = context.buildInner(shortcutLayers(channels!, innerChannels!), 'shortcut/');
  return new Branches([shortcut, inner], 'sum');
}

/** The two terms: the input as it is carried, and what the layers inside make of it. */
function applyBoth<Value>(
  layers: readonly LayerDefinition[],
  place: {
    readonly input: Value;
    readonly inputShape: readonly number[];
    applyInner(layers: readonly LayerDefinition[], input: Flow<Value>, prefix: string): Flow<Value>;
  },
): [Value, Value] {
  const input = { value: place.input, shape: place.inputShape };
  const inner = place.applyInner(layers, input, '');
  const shortcut = shortcutLayers(place.inputShape.at(-1)!, inner.shape.at(-1)!);
  return [place.applyInner(shortcut, input, 'shortcut/').value, inner.value];
}

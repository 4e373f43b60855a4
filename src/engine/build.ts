import { FerlabError } from '../errors';
import type { LayerDefinition, ModelDefinition } from '../model/definition';
import { arrange } from './arrange';
import { kindOf } from './layers/kinds';
import type { Layer, LayerContext } from './layers/layer';
import { nameLayers } from './layers/named-layers';
import { Sequence } from './layers/sequence';

/** What stays the same for all layers of a network. */
export type BuildOptions = Pick<LayerContext, 'device' | 'seed' | 'dtype'>;

/** The layers of a model, ready to run. */
export function buildLayers(definition: ModelDefinition, options: BuildOptions): Sequence {
  const { layers, inputShape } = definition;
  const sequence = buildSequence(layers, { ...options, inputShape, prefix: '' });
  if (sequence.outputShape.length !== 1 || sequence.outputShape[0] !== definition.classes) {
    throw new FerlabError(
      `model ${definition.name} ends in shape [${sequence.outputShape}] instead of [${definition.classes}]`,
      { remedy: 'end the layers with a dense layer with one unit for each class' },
    );
  }
  return sequence;
}

interface SequenceContext extends BuildOptions {
  readonly inputShape: readonly number[];
  /** Of the layers' names. */
  readonly prefix: string;
}

function buildSequence(definitions: readonly LayerDefinition[], context: SequenceContext): Sequence {
  const layers: Layer[] = [];
  let { inputShape } = context;
  const arranged = nameLayers(arrange(definitions), context.prefix);
  for (const [i, { name, layer: definition }] of arranged.entries()) {
    const kind = kindOf(definition);
    const buildInner: LayerContext['buildInner'] = (inner, part) =>
      buildSequence(inner, { ...context, inputShape: place.inputShape, prefix: `${name}/${part}` });
    const place = { ...context, name, inputShape, isLast: i === arranged.length - 1, buildInner };
    const layer = kind.build(kind.resolve(definition), place);
    layers.push(layer);
    inputShape = layer.outputShape;
  }
  return new Sequence(layers, inputShape);
}

import * as tf from '@tensorflow/tfjs-node';
import { takesAnySize } from '../engine/describe';
import type { Flow, LayersPlace } from '../engine/layers/kind';
import { applyLayers, type ResolvedLayer, resolveLayers } from '../engine/layers/resolve';
import type { WeightsByName } from '../engine/weights';
import type { ModelDefinition } from '../model/definition';

type Value = tf.SymbolicTensor;

/** A layer of tfjs, with the names that its weights have here, in the order of tfjs. */
interface Weighted {
  readonly layer: tf.layers.Layer;
  readonly weights: readonly string[];
}

/**
 * A model as tfjs users know it, of `tf.layers`, from images [batch, height, width, channels] in [0, 1] to probabilities
 * [batch, classes]. The names of its layers are those of the engine, with `.` for `/`.
 * @param weight its weights; fresh ones unless given
 */
export function buildLayersModel(definition: ModelDefinition, weight?: WeightsByName): tf.LayersModel {
  const [height, width, channels] = definition.inputShape;
  const sides = takesAnySize(definition) ? [null, null] : [height, width];
  const inputs = tf.input({ shape: [...sides, channels], name: 'images' });
  const weighted: Weighted[] = [];
  const layers = resolveLayers(definition.layers, definition.inputShape, '');
  const logits = applyAll(layers, { value: inputs, shape: definition.inputShape }, weighted);
  const outputs = tf.layers.softmax({ name: 'probabilities' }).apply(logits.value) as Value;
  const model = tf.model({ name: definition.name, inputs, outputs });
  if (weight) for (const one of weighted) setWeights(one, weight);
  return model;
}

function applyAll(layers: readonly ResolvedLayer[], input: Flow<Value>, weighted: Weighted[]): Flow<Value> {
  return applyLayers(layers, input, (layer, value) =>
    layer.kind.layersModel(layer.options, placeOf(layer, value, weighted)),
  );
}

function placeOf(
  { name, inputShape, effect }: ResolvedLayer,
  input: Value,
  weighted: Weighted[],
): LayersPlace {
  return {
    ...{ name, input, inputShape, outputShape: effect.outputShape, layers: tf.layers },
    applyInner: (layers, flow, prefix) =>
      applyAll(resolveLayers(layers, flow.shape, `${name}/${prefix}`), flow, weighted),
    apply(layer, inputs, weights = []) {
      const output = layer.apply(inputs) as Value;
      // A layer without bias has one weight less.
      const names = weights.slice(0, layer.weights.length).map((part) => `${name}/${part}`);
      weighted.push({ layer, weights: names });
      return output;
    },
    label: (part) => [...name.split('/'), ...(part ? [part] : [])].join('.'),
  };
}

function setWeights({ layer, weights }: Weighted, weight: WeightsByName): void {
  if (weights.length === 0) return;
  const tensors = weights.map((name) => tf.tensor(weight(name).values, [...weight(name).shape]));
  layer.setWeights(tensors);
  tf.dispose(tensors);
}

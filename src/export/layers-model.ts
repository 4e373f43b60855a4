import * as tf from '@tensorflow/tfjs-node';
import { type LayerDefinition, type ModelDefinition, takesAnySize } from '../model/definition';
import { nameLayers, shortcutLayers } from '../model/named-layers';

type Value = tf.SymbolicTensor;
type Of<Kind extends LayerDefinition['kind']> = Extract<LayerDefinition, { kind: Kind }>;

/**
 * A model as tfjs users know it, of `tf.layers`, from images [batch, height, width, channels] in [0, 1] to probabilities
 * [batch, classes]. The names of its layers are those of the engine, with `.` for `/`.
 */
export function buildLayersModel(definition: ModelDefinition): tf.LayersModel {
  const [height, width, channels] = definition.inputShape;
  const sides = takesAnySize(definition) ? [null, null] : [height, width];
  const inputs = tf.input({ shape: [...sides, channels], name: 'images' });
  const logits = applyAll(definition.layers, inputs, '');
  const outputs = tf.layers.softmax({ name: 'probabilities' }).apply(logits) as Value;
  return tf.model({ name: definition.name, inputs, outputs });
}

function applyAll(layers: readonly LayerDefinition[], input: Value, prefix: string): Value {
  return nameLayers(layers, prefix).reduce((value, { name, layer }) => apply(layer, value, name), input);
}

function apply(layer: LayerDefinition, value: Value, path: string): Value {
  const name = path.replaceAll('/', '.');
  if (layer.kind === 'residual') return applyResidual(layer, value, path);
  if (layer.kind === 'globalPool') return applyGlobalPool(layer, value, name);
  return buildLayer(layer, name).apply(value) as Value;
}

function applyResidual({ layers }: Of<'residual'>, value: Value, path: string): Value {
  const inner = applyAll(layers, value, `${path}/`);
  const shortcut = shortcutLayers(value.shape.at(-1)!, inner.shape.at(-1)!);
  const carried = applyAll(shortcut, value, `${path}/shortcut/`);
  return tf.layers.add({ name: path.replaceAll('/', '.') }).apply([carried, inner]) as Value;
}

function applyGlobalPool({ statistic }: Of<'globalPool'>, value: Value, name: string): Value {
  const mean = () => tf.layers.globalAveragePooling2d({ name: `${name}.mean` }).apply(value) as Value;
  const max = () => tf.layers.globalMaxPooling2d({ name: `${name}.max` }).apply(value) as Value;
  if (statistic === 'mean') return mean();
  if (statistic === 'max') return max();
  return tf.layers.concatenate({ name }).apply([mean(), max()]) as Value;
}

function buildLayer(layer: Exclude<LayerDefinition, Of<'residual' | 'globalPool'>>, name: string) {
  switch (layer.kind) {
    case 'convolution': {
      const { filters, kernelSize, stride: strides = 1, bias: useBias = true, trainable = true } = layer;
      return tf.layers.conv2d({ name, filters, kernelSize, strides, useBias, trainable, padding: 'same' });
    }
    case 'batchNorm':
      return tf.layers.batchNormalization({
        name,
        momentum: layer.momentum ?? 0.9,
        epsilon: layer.epsilon ?? 1e-3,
      });
    case 'relu':
      return tf.layers.reLU({ name });
    case 'maxPool':
      return tf.layers.maxPooling2d({ name, poolSize: layer.size, strides: layer.stride ?? layer.size });
    case 'dropout':
      return tf.layers.dropout({ name, rate: layer.rate });
    case 'flatten':
      return tf.layers.flatten({ name });
    case 'dense':
      return tf.layers.dense({ name, units: layer.units, useBias: layer.bias ?? true });
  }
}

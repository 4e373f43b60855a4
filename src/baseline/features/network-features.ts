import { resolveLayers } from '../../engine/layers/resolve';
import { Network } from '../../engine/network';
import type { WeightsByName } from '../../engine/weights';
import type { ModelDefinition } from '../../model/definition';
import { buildModel, type ModelName } from '../../model/models';
import { normalize } from '../../preprocess/normalize';
import type { FeatureBorrower, FeatureMatrix, ImageBatch } from './feature';

/** Images that go through the network at once. */
const CHUNK = 256;

/**
 * What the last layer of a published network sees: the values of the layer before it, for images as they are.
 * @param lender name of the published model
 * @param model network of the published model
 */
export function networkFeatures(lender: string, model: ModelName): FeatureBorrower {
  return {
    lender,
    extractor: (weights) => ({
      extractAll: (images) => describeImages(images, withoutLast(model, images), weights),
    }),
  };
}

/** The network up to its last layer; its outputs are not classes then, but features. */
function withoutLast(model: ModelName, { side }: ImageBatch): ModelDefinition {
  const definition = buildModel(model, { side, classes: ['one', 'other'] });
  const layers = definition.layers.slice(0, -1);
  const [features] = resolveLayers(layers, definition.inputShape, '').at(-1)!.effect.outputShape;
  return { ...definition, layers, classes: features! };
}

function describeImages(
  images: ImageBatch,
  definition: ModelDefinition,
  weight: WeightsByName,
): FeatureMatrix {
  const { count } = images;
  const network = Network.build(definition, { seed: null });
  try {
    network.setWeights(network.variables.map(({ name }) => weight(name)));
    const width = definition.classes;
    const values = new Float32Array(count * width);
    for (let start = 0; start < count; start += CHUNK) {
      const some = inRange(images, { start, end: Math.min(count, start + CHUNK) });
      values.set(network.logits(some, { isPadded: true }), start * width);
    }
    return { values, count, width };
  } finally {
    network.dispose();
  }
}

/** Some images of a batch as the network takes them, [end - start, side, side, 1] in [0, 1]. */
function inRange({ pixels, side }: ImageBatch, { start, end }: { start: number; end: number }): Float32Array {
  const size = side * side;
  const values = new Float32Array((end - start) * size);
  for (let i = start; i < end; i++) {
    const at = pixels.offset(i);
    normalize(pixels.bytes.subarray(at, at + size), values.subarray((i - start) * size));
  }
  return values;
}

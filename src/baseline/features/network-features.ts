import { resolveLayers } from '../../engine/layers/resolve';
import { Network } from '../../engine/network';
import type { WeightsByName } from '../../engine/weights';
import type { ModelDefinition } from '../../model/definition';
import { buildModel, type ModelName } from '../../model/models';
import { normalize } from '../../preprocess/normalize';
import type { BatchExtractor, FeatureBorrower, FeatureMatrix, ImageBatch } from './feature';

/** Images that go through the network at once. */
const CHUNK = 256;

/**
 * What the last layer of a published network sees: the values of the layer before it, for images as they are.
 * @param lender name of the published model
 * @param model network of the published model
 */
export function networkFeatures(lender: string, model: ModelName): FeatureBorrower {
  return { lender, extractor: (weight) => new NetworkFeatures(model, weight) };
}

/** A network without its last layer, built for the first images that it is given. */
class NetworkFeatures implements BatchExtractor {
  #network: Network | null = null;

  constructor(
    readonly model: ModelName,
    readonly weight: WeightsByName,
  ) {}

  extractAll(images: ImageBatch): FeatureMatrix {
    const network = this.#networkFor(images.side);
    const { count } = images;
    const width = network.definition.classes;
    const values = new Float32Array(count * width);
    for (let start = 0; start < count; start += CHUNK) {
      const some = inRange(images, { start, end: Math.min(count, start + CHUNK) });
      values.set(network.logits(some, { isPadded: true }), start * width);
    }
    return { values, count, width };
  }

  #networkFor(side: number): Network {
    if (this.#network?.definition.inputShape[0] === side) return this.#network;
    this.dispose();
    const network = Network.build(withoutLast(this.model, side), { seed: null });
    network.setWeights(network.variables.map(({ name }) => this.weight(name)));
    this.#network = network;
    return network;
  }

  dispose(): void {
    this.#network?.dispose();
    this.#network = null;
  }
}

/** The network up to its last layer; its outputs are not classes then, but features. */
function withoutLast(model: ModelName, side: number): ModelDefinition {
  const definition = buildModel(model, { side, classes: ['one', 'other'] });
  const layers = definition.layers.slice(0, -1);
  const [features] = resolveLayers(layers, definition.inputShape, '').at(-1)!.effect.outputShape;
  return { ...definition, layers, classes: features! };
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

import { rowOf, squaredDistance } from '../features/feature';
import { type FeatureClassifier, softmax, type TrainingSet } from './classifier';

/**
 * The class whose mean image is nearest. Its probabilities are the softmax of the negative squared distances in units of the
 * mean squared distance of a training image from the mean of its class.
 */
export const NEAREST_MEAN: FeatureClassifier = {
  fit(set) {
    const { classes, features } = set;
    const means = meansOf(set);
    const scale = new Float32Array([meanSquaredDistance(set, means)]);
    return [
      { name: 'means', shape: [classes, features.width], values: means },
      { name: 'scale', shape: [1], values: scale },
    ];
  },
  predict(weights, features) {
    const { values: means, shape } = weights('means');
    const [scale] = weights('scale').values;
    const [classes] = shape as [number, number];
    const scores = new Float32Array(features.count * classes);
    for (let i = 0; i < features.count; i++) {
      const row = rowOf(features, i);
      for (let label = 0; label < classes; label++) {
        const distance = squaredDistance(row, means.subarray(label * row.length, (label + 1) * row.length));
        scores[i * classes + label] = -distance / scale!;
      }
    }
    return softmax(scores, classes);
  },
};

/** Mean features of each class, [classes, width]; zeros for a class without images. */
function meansOf({ features, labels, classes }: TrainingSet): Float32Array {
  const { width } = features;
  const sums = new Float64Array(classes * width);
  const counts = new Uint32Array(classes);
  for (const [i, label] of labels.entries()) {
    counts[label]!++;
    const row = rowOf(features, i);
    for (let j = 0; j < width; j++) sums[label * width + j]! += row[j]!;
  }
  return Float32Array.from(sums, (sum, at) => sum / Math.max(1, counts[Math.floor(at / width)]!));
}

/** Of the training images from the means of their classes. */
function meanSquaredDistance({ features, labels }: TrainingSet, means: Float32Array): number {
  const { width, count } = features;
  let sum = 0;
  for (const [i, label] of labels.entries()) {
    sum += squaredDistance(rowOf(features, i), means.subarray(label * width, (label + 1) * width));
  }
  return sum / count;
}

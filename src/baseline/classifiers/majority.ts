import type { FeatureClassifier } from './classifier';

/** Looks at no image: says of each what share of the training images is of which class. */
export const MAJORITY: FeatureClassifier = {
  fit({ labels, classes }) {
    const shares = new Float32Array(classes);
    for (const label of labels) shares[label]!++;
    return [{ name: 'shares', shape: [classes], values: shares.map((images) => images / labels.length) }];
  },
  predict(weights, { count }) {
    const { values: shares } = weights('shares');
    const probabilities = new Float32Array(count * shares.length);
    for (let i = 0; i < count; i++) probabilities.set(shares, i * shares.length);
    return probabilities;
  },
};

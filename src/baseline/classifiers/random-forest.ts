import type { WeightsByName, WeightTensor } from '../../engine/weights';
import { randomStream } from '../../random';
import { rowOf } from '../features/feature';
import type { FeatureClassifier, Settings } from './classifier';
import { binFeatures } from './feature-bins';
import { growTree, type Tree } from './tree';

/** Settings of the forest. */
export interface ForestSettings extends Settings {
  readonly trees: number;
  /** Fewest images in a leaf. */
  readonly leafImages: number;
}

/**
 * A random forest (Breiman 2001): each tree is grown on as many images, drawn with replacement, and each of its nodes
 * chooses among the square root of the features by Gini's impurity. Features are cut into at most 256 bins of equally many
 * images. Its probabilities are the means over the trees of the shares in the leaf.
 */
export const RANDOM_FOREST: FeatureClassifier = {
  fit(set, { settings, seed }) {
    const { trees, leafImages } = settings as ForestSettings;
    const bins = binFeatures(set.features);
    const forest = Array.from({ length: trees }, (_, i) => {
      const stream = randomStream(seed, 'tree', i);
      const rows = Uint32Array.from({ length: set.labels.length }, () => stream.integer(set.labels.length));
      return growTree(set, { bins, rows, stream, leafImages });
    });
    return pack(forest, set.classes);
  },
  predict(weights, features) {
    const { values: shares, shape } = weights('shares');
    const [, classes] = shape as [number, number];
    const leafOf = leafFinder(weights);
    const roots = weights('roots').values;
    const probabilities = new Float32Array(features.count * classes);
    for (let i = 0; i < features.count; i++) {
      const own = probabilities.subarray(i * classes, (i + 1) * classes);
      for (const root of roots) {
        const leaf = leafOf(root, rowOf(features, i));
        for (let k = 0; k < classes; k++) own[k]! += shares[leaf * classes + k]! / roots.length;
      }
    }
    return probabilities;
  },
};

/** Finds the leaf that an image falls into. */
function leafFinder(weights: WeightsByName): (root: number, row: Float32Array) => number {
  const [features, thresholds, children] = (['features', 'thresholds', 'children'] as const).map(
    (name) => weights(name).values,
  ) as [Float32Array, Float32Array, Float32Array];
  return (root, row) => {
    let node = root;
    while (children[node]! > 0) node = children[node]! + (row[features[node]!]! <= thresholds[node]! ? 0 : 1);
    return -children[node]!;
  };
}

/** All trees in one set of arrays: nodes and leaves are numbered on from tree to tree. */
function pack(trees: readonly Tree[], classes: number): WeightTensor[] {
  const roots: number[] = [];
  const children: number[] = [];
  let leaves = 0;
  for (const tree of trees) {
    const root = children.length;
    roots.push(root);
    for (const child of tree.children) children.push(child > 0 ? child + root : child - leaves);
    leaves += tree.leaves.length;
  }
  const vector = (name: string, values: ArrayLike<number>): WeightTensor => ({
    name,
    shape: [values.length],
    values: Float32Array.from(values),
  });
  const shares = new Float32Array(leaves * classes);
  for (const [leaf, some] of trees.flatMap((tree) => tree.leaves).entries()) shares.set(some, leaf * classes);
  return [
    vector('roots', roots),
    vector(
      'features',
      trees.flatMap((tree) => tree.features),
    ),
    vector(
      'thresholds',
      trees.flatMap((tree) => tree.thresholds),
    ),
    vector('children', children),
    { name: 'shares', shape: [leaves, classes], values: shares },
  ];
}

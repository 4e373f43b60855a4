import type { RandomStream } from '../../random';
import { bestBin } from './best-bin';
import type { TrainingSet } from './classifier';
import type { FeatureBins } from './feature-bins';

/** A decision tree; node 0 is the root. */
export interface Tree {
  /** Feature that a node looks at. */
  readonly features: readonly number[];
  /** Images with at most this value go to the first child. */
  readonly thresholds: readonly number[];
  /** The first child, which the second follows; of a leaf, 0 or less: the leaf's number with the sign changed. */
  readonly children: readonly number[];
  /** Shares of the classes by leaf. */
  readonly leaves: readonly Float32Array[];
}

export interface TreeOptions {
  readonly bins: FeatureBins;
  /** Images to grow on; one may be there more than once. */
  readonly rows: Uint32Array;
  readonly stream: RandomStream;
  readonly leafImages: number;
}

/** Grows a tree until its leaves are pure or can't be divided. */
export function growTree(set: TrainingSet, options: TreeOptions): Tree {
  const tree = { features: [0], thresholds: [0], children: [0], leaves: [] as Float32Array[] };
  const features = Uint32Array.from({ length: options.bins.columns.length }, (_, feature) => feature);
  const open = [{ node: 0, rows: options.rows }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, rows } = next;
    const split = bestSplit(set, rows, options, features);
    if (!split) {
      tree.children[node] = -tree.leaves.length;
      tree.leaves.push(sharesOf(set, rows));
      continue;
    }
    const { feature, bin } = split;
    const column = options.bins.columns[feature]!;
    tree.features[node] = feature;
    tree.thresholds[node] = options.bins.edges[feature]![bin]!;
    const first = tree.children.push(0, 0) - 2;
    tree.features.push(0, 0);
    tree.thresholds.push(0, 0);
    tree.children[node] = first;
    open.push({ node: first + 1, rows: rows.filter((row) => column[row]! > bin) });
    open.push({ node: first, rows: rows.filter((row) => column[row]! <= bin) });
  }
  return tree;
}

function sharesOf({ labels, classes }: TrainingSet, rows: Uint32Array): Float32Array {
  const shares = new Float32Array(classes);
  for (const row of rows) shares[labels[row]!]! += 1 / rows.length;
  return shares;
}

interface Split {
  readonly feature: number;
  /** Last bin of the first side. */
  readonly bin: number;
}

/**
 * The split of the lowest impurity among the square root of the features, drawn without replacement; among more, until one
 * divides the images at all. Null where none does.
 * @param features all of them, in any order; leaves those that were drawn in front
 */
function bestSplit(
  set: TrainingSet,
  rows: Uint32Array,
  { bins, stream, leafImages }: TreeOptions,
  features: Uint32Array,
): Split | null {
  if (rows.length < 2 * leafImages || isPure(set, rows)) return null;
  const width = features.length;
  const wanted = Math.max(1, Math.floor(Math.sqrt(width)));
  let best: (Split & { purity: number }) | null = null;
  for (let drawn = 0; drawn < width && (drawn < wanted || !best); drawn++) {
    const other = drawn + stream.integer(width - drawn);
    const feature = features[other]!;
    features[other] = features[drawn]!;
    features[drawn] = feature;
    const split = bestBin(set, rows, bins.columns[feature]!, leafImages);
    if (split && (!best || split.purity > best.purity)) best = { feature, ...split };
  }
  return best;
}

const isPure = ({ labels }: TrainingSet, rows: Uint32Array) =>
  rows.every((row) => labels[row] === labels[rows[0]!]);

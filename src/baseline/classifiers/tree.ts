import type { RandomStream } from '../../random';
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
  const order = options.rows.slice();
  const open = [{ node: 0, rows: order }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, rows } = next;
    const split = bestSplit(set, rows, options);
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
 */
function bestSplit(
  set: TrainingSet,
  rows: Uint32Array,
  { bins, stream, leafImages }: TreeOptions,
): Split | null {
  if (rows.length < 2 * leafImages || isPure(set, rows)) return null;
  const width = bins.columns.length;
  const wanted = Math.max(1, Math.floor(Math.sqrt(width)));
  const features = Uint32Array.from({ length: width }, (_, feature) => feature);
  let best: (Split & { purity: number }) | null = null;
  for (let drawn = 0; drawn < width && (drawn < wanted || !best); drawn++) {
    const other = drawn + stream.integer(width - drawn);
    const feature = features[other]!;
    features[other] = features[drawn]!;
    const split = bestBin(countByBin(set, rows, bins, feature), leafImages);
    if (split && (!best || split.purity > best.purity)) best = { feature, ...split };
  }
  return best;
}

const isPure = ({ labels }: TrainingSet, rows: Uint32Array) =>
  rows.every((row) => labels[row] === labels[rows[0]!]);

/** Images by bin and class. */
interface BinCounts {
  readonly counts: Float64Array;
  readonly classes: number;
}

function countByBin(
  { labels, classes }: TrainingSet,
  rows: Uint32Array,
  { columns, edges }: FeatureBins,
  feature: number,
): BinCounts {
  const counts = new Float64Array((edges[feature]!.length + 1) * classes);
  const column = columns[feature]!;
  for (const row of rows) counts[column[row]! * classes + labels[row]!]!++;
  return { counts, classes };
}

/** The last bin of the better first side: the sum of squares over the size is largest where Gini's impurity is smallest. */
function bestBin({ counts, classes }: BinCounts, leafImages: number): { bin: number; purity: number } | null {
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  for (const [at, images] of counts.entries()) right[at % classes]! += images;
  let best: { bin: number; purity: number } | null = null;
  for (let bin = 0; bin < counts.length / classes - 1; bin++) {
    for (let label = 0; label < classes; label++) {
      const images = counts[bin * classes + label]!;
      left[label]! += images;
      right[label]! -= images;
    }
    const [a, b] = [sideOf(left), sideOf(right)];
    if (a.images < leafImages || b.images < leafImages) continue;
    const purity = a.squares / a.images + b.squares / b.images;
    if (!best || purity > best.purity) best = { bin, purity };
  }
  return best;
}

function sideOf(counts: Float64Array) {
  let [images, squares] = [0, 0];
  for (const count of counts) {
    images += count;
    squares += count * count;
  }
  return { images, squares };
}

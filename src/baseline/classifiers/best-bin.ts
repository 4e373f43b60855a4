import type { TrainingSet } from './classifier';

/** Where a feature divides the images of a node best. */
export interface BinSplit {
  /** Last bin of the first side. */
  readonly bin: number;
  /** Σ over the sides of the sum of squared class counts over the size: largest where Gini's impurity is smallest. */
  readonly purity: number;
}

/**
 * The last bin of the best first side of one feature; null where no division leaves `leafImages` on each side.
 * @param column bin of each image of the training set
 */
export function bestBin(
  set: TrainingSet,
  rows: Uint32Array,
  column: Uint8Array,
  leafImages: number,
): BinSplit | null {
  const { keys, times } = (rows.length < FEW ? sortedKeys : countedKeys)(set, rows, column);
  const left = new Float64Array(set.classes);
  const right = new Float64Array(set.classes);
  for (let i = 0; i < keys.length; i++) right[keys[i]! & 255]! += times[i]!;
  let squaresRight = right.reduce((sum, images) => sum + images * images, 0);
  let [squaresLeft, images] = [0, 0];
  let best: BinSplit | null = null;
  for (let i = 0; i < keys.length && images + leafImages < rows.length; ) {
    const bin = keys[i]! >> 8;
    for (; i < keys.length && keys[i]! >> 8 === bin; i++) {
      const [label, moved] = [keys[i]! & 255, times[i]!];
      squaresLeft += (2 * left[label]! + moved) * moved;
      squaresRight -= (2 * right[label]! - moved) * moved;
      left[label]! += moved;
      right[label]! -= moved;
      images += moved;
    }
    const others = rows.length - images;
    if (images < leafImages || others < leafImages) continue;
    const purity = squaresLeft / images + squaresRight / others;
    if (!best || purity > best.purity) best = { bin, purity };
  }
  return best;
}

/** Images of a node below which sorting them is quicker than going through all bins. */
const FEW = 400;

/** Bin and class as one number, ascending, and how many images each stands for. */
interface Keys {
  readonly keys: Uint16Array;
  readonly times: Uint32Array;
}

function sortedKeys({ labels }: TrainingSet, rows: Uint32Array, column: Uint8Array): Keys {
  const keys = new Uint16Array(rows.length);
  for (let i = 0; i < rows.length; i++) keys[i] = (column[rows[i]!]! << 8) | labels[rows[i]!]!;
  return { keys: keys.sort(), times: new Uint32Array(rows.length).fill(1) };
}

function countedKeys({ labels, classes }: TrainingSet, rows: Uint32Array, column: Uint8Array): Keys {
  const counts = new Uint32Array(256 * classes);
  for (let i = 0; i < rows.length; i++) counts[column[rows[i]!]! * classes + labels[rows[i]!]!]!++;
  const [keys, times] = [new Uint16Array(counts.length), new Uint32Array(counts.length)];
  let filled = 0;
  for (let bin = 0, place = 0; bin < 256; bin++) {
    for (let label = 0; label < classes; label++, place++) {
      if (counts[place] === 0) continue;
      keys[filled] = (bin << 8) | label;
      times[filled++] = counts[place]!;
    }
  }
  return { keys: keys.subarray(0, filled), times: times.subarray(0, filled) };
}

import { FerlabError } from '../errors';
import type { CollectedRows } from './collector';
import { countByClass, type LabelledRows } from './counts';
import { type DatasetSpec, labelOfName, pixelsPerImage } from './spec';

/** What the numbers 0, 1, ... stand for: the label of the data set for each of them. */
export type ClassOrder = readonly number[];

/** The order of the published file. */
export const officialOrder = ({ classes }: DatasetSpec): ClassOrder => [...classes.keys()];

/** The order of copies whose classes were sorted by name, as folders and some tables are. */
export const alphabeticalOrder = ({ classes }: DatasetSpec): ClassOrder =>
  [...classes.keys()].sort((a, b) => (classes[a]! < classes[b]! ? -1 : 1));

/** Standard errors by which the pixels have to speak for an order. */
const CLEAR_PIXELS = 5;

/** Difference of the chi-squared statistics by which the counts have to speak for an order, and their least ratio. */
const CLEAR_COUNTS = { difference: 40, ratio: 4 };

/** What a class that was left out or copied costs: one may be passed over. */
const PASSED_OVER = 15;

/** How clearly two orders differ, positive for the first. */
interface Evidence {
  /** In standard errors; 0 where there are no images or nothing is known of the classes. */
  readonly pixels: number;
  /** Chi-squared of the second less that of the first. */
  readonly counts: number;
  readonly isClear: { readonly pixels: boolean; readonly counts: boolean };
}

export interface OrderFinding {
  /** `other` is none of the two; `unknown` is one that nothing shows. */
  readonly order: 'official' | 'alphabetical' | 'other' | 'unknown';
  /** Why, in words. */
  readonly evidence: string;
  /** The order that the pixels speak for, where it is another one. */
  readonly found?: ClassOrder;
}

/** Which order the labels have: the official one or that of the names, by pixels and counts of all parts together. */
export function findClassOrder(rows: LabelledRows & Pick<CollectedRows, 'images'>): OrderFinding {
  const { spec } = rows;
  const official = officialOrder(spec);
  const alphabetical = alphabeticalOrder(spec);
  if (official.every((label, i) => label === alphabetical[i])) {
    return { order: 'official', evidence: 'both orders are the same' };
  }
  const moments = scoreMoments(rows);
  const known = weigh(rows, moments, [official, alphabetical]);
  const other = moments && bestOrder(moments);
  if (other && isClearlyOther(moments, other, [official, alphabetical])) {
    return { order: 'other', evidence: 'by their pixels', found: other };
  }
  return decide(known);
}

function decide({ pixels, counts, isClear }: Evidence): OrderFinding {
  const says = (value: number) => (value > 0 ? 'official' : 'alphabetical');
  const words = `pixels ${pixels.toFixed(1)} standard errors and counts ${Math.round(counts)} of chi-squared for the official order`;
  if (isClear.pixels && isClear.counts && says(pixels) !== says(counts)) {
    return { order: 'unknown', evidence: `pixels and counts disagree: ${words}` };
  }
  if (isClear.pixels && isClear.counts)
    return { order: says(pixels), evidence: `by pixels and counts (${words})` };
  if (isClear.pixels) return { order: says(pixels), evidence: `by pixels (${words})` };
  if (isClear.counts) return { order: says(counts), evidence: `by counts (${words})` };
  return { order: 'unknown', evidence: `neither pixels nor counts show it (${words})` };
}

function weigh(
  rows: LabelledRows,
  moments: ScoreMoments | null,
  [first, second]: readonly [ClassOrder, ClassOrder],
): Evidence {
  const pixels = moments ? advantage(moments, first, second) : 0;
  const [a, b] = [misfit(rows, first), misfit(rows, second)];
  const areCountsClear =
    Math.abs(a - b) > CLEAR_COUNTS.difference && Math.max(a, b) > CLEAR_COUNTS.ratio * Math.min(a, b);
  return {
    pixels,
    counts: b - a,
    isClear: { pixels: Math.abs(pixels) > CLEAR_PIXELS, counts: areCountsClear },
  };
}

/**
 * Pearson's statistic of the counts of all parts against the official shares, where one class may be passed over: it
 * may have been left out or copied.
 */
function misfit(rows: LabelledRows, order: ClassOrder): number {
  const official = rows.spec.officialCounts;
  if (!official) return 0;
  const counts = countByClass(rows);
  const passed = [-1, ...order.keys()].map((left) => {
    const labels = [...order.keys()].filter((label) => label !== left);
    const parts = official[0]!.map((_, part) =>
      misfitOfPart(labels.map((label) => [counts[label]![part]!, official[order[label]!]![part]!])),
    );
    return parts.reduce((sum, value) => sum + value, 0) + (left < 0 ? 0 : PASSED_OVER);
  });
  return Math.min(...passed);
}

function misfitOfPart(pairs: readonly (readonly [count: number, official: number])[]): number {
  const total = pairs.reduce((sum, [count]) => sum + count, 0);
  const officialTotal = pairs.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return 0;
  return pairs.reduce((sum, [count, official]) => {
    const expected = (total * official) / officialTotal;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

/** Mean and variance of the mean of the scores of each class (columns) over the images of each label (rows). */
interface ScoreMoments {
  readonly means: readonly (readonly number[])[];
  readonly variances: readonly (readonly number[])[];
}

/** Images whose pixels are looked at, evenly spread: more would say nothing new. */
const SAMPLED = 4000;

/** Scores of images that are in memory, or null where nothing is known of the classes. */
function scoreMoments(rows: LabelledRows & Pick<CollectedRows, 'images'>): ScoreMoments | null {
  const { spec, images } = rows;
  const evidence = spec.classEvidence;
  const size = pixelsPerImage(spec);
  const held = images.length / size;
  if (!evidence || held === 0) return null;
  const classes = spec.classes.length;
  const sums = spec.classes.map(() => new Float64Array(classes));
  const squares = spec.classes.map(() => new Float64Array(classes));
  const counts = new Float64Array(classes);
  // Of a large set the first images are in its file by now.
  const offset = rows.count - held;
  const scores = new Float64Array(classes);
  const step = Math.ceil(held / SAMPLED);
  for (let i = 0; i < held; i += step) {
    const label = rows.labels[offset + i]!;
    score(
      blockMeans(images.subarray(i * size, (i + 1) * size), spec.side, evidence.side),
      evidence.weights,
      scores,
    );
    counts[label]!++;
    for (let k = 0; k < classes; k++) {
      sums[label]![k]! += scores[k]!;
      squares[label]![k]! += scores[k]! ** 2;
    }
  }
  const means = sums.map((row, label) => [...row.map((sum) => (counts[label] ? sum / counts[label]! : 0))]);
  const variances = squares.map((row, label) => [
    ...row.map((sum, k) =>
      counts[label]! > 1 ? (sum / counts[label]! - means[label]![k]! ** 2) / counts[label]! : 0,
    ),
  ]);
  return { means, variances };
}

/** Means of blocks, less their mean, over their standard deviation. */
function blockMeans(image: Uint8Array, side: number, blocks: number): Float64Array {
  const means = new Float64Array(blocks * blocks);
  const block = side / blocks;
  for (let y = 0; y < side; y++) {
    const line = Math.floor(y / block) * blocks;
    for (let x = 0; x < side; x++) means[line + Math.floor(x / block)]! += image[y * side + x]!;
  }
  const all = means.reduce((sum, value) => sum + value, 0) / means.length;
  const deviation = Math.sqrt(means.reduce((sum, value) => sum + (value - all) ** 2, 0) / means.length);
  return means.map((value) => (value - all) / (deviation + 1e-6));
}

function score(features: Float64Array, weights: readonly (readonly number[])[], into: Float64Array): void {
  for (const [k, ofClass] of weights.entries()) {
    let sum = ofClass[features.length]!;
    for (let i = 0; i < features.length; i++) sum += ofClass[i]! * features[i]!;
    into[k] = sum;
  }
}

/** By how many standard errors the pixels speak for the first of two orders. */
function advantage({ means, variances }: ScoreMoments, first: ClassOrder, second: ClassOrder): number {
  let difference = 0;
  let variance = 0;
  for (const label of first.keys()) {
    const [a, b] = [first[label]!, second[label]!];
    if (a === b) continue;
    difference += means[label]![a]! - means[label]![b]!;
    variance += variances[label]![a]! + variances[label]![b]!;
  }
  return variance > 0 ? difference / Math.sqrt(variance) : 0;
}

/** The order that the pixels fit best, among all. */
function bestOrder({ means }: ScoreMoments): ClassOrder {
  let best: { order: number[]; sum: number } = { order: [], sum: Number.NEGATIVE_INFINITY };
  const extend = (order: number[], sum: number) => {
    if (order.length === means.length) {
      if (sum > best.sum) best = { order, sum };
      return;
    }
    for (let label = 0; label < means.length; label++) {
      if (!order.includes(label)) extend([...order, label], sum + means[order.length]![label]!);
    }
  };
  if (means.length <= 8) extend([], 0);
  return best.order;
}

const isClearlyOther = (moments: ScoreMoments, order: ClassOrder, known: readonly ClassOrder[]) =>
  order.length > 0 && known.every((one) => advantage(moments, order, one) > 2 * CLEAR_PIXELS);

/** What is said where an order is refused. */
export function orderWords({ classes }: DatasetSpec, order: ClassOrder): string {
  return order.map((label, number) => `${number} ${classes[label]!}`).join(', ');
}

/**
 * The order that a person has stated.
 * @param text `official`, `alphabetical`, or the names of the classes in the order of their numbers
 * @throws FerlabError for names that are not those of the classes
 */
export function parseClassOrder(spec: DatasetSpec, text: string): ClassOrder {
  if (text === 'official') return officialOrder(spec);
  if (text === 'alphabetical') return alphabeticalOrder(spec);
  const order = text.split(',').map((name) => labelOfName(spec, name));
  if (order.length === spec.classes.length && new Set(order).size === order.length && !order.includes(-1))
    return order;
  throw new FerlabError(`"${text}" is no order of the classes`, {
    remedy: `give official, alphabetical, or all of ${spec.classes.join(',')} in the order of their numbers`,
  });
}

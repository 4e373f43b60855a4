import { FerlabError } from '../errors';
import type { ClassScores, ScoreMoments } from './class-scores';
import { countByClass, type LabelledRows } from './counts';
import { type DatasetSpec, labelOfName, partNames } from './spec';

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

/** Rows whose order is asked for, and what their pixels say. */
export type ScoredRows = LabelledRows & { readonly scores: ClassScores };

/**
 * Which order the labels have: the official one or that of the names, by pixels and counts.
 * @param part of one part; of all parts together unless given
 */
export function findClassOrder(rows: ScoredRows, part?: number): OrderFinding {
  const { spec } = rows;
  const official = officialOrder(spec);
  const alphabetical = alphabeticalOrder(spec);
  if (official.every((label, i) => label === alphabetical[i])) {
    return { order: 'official', evidence: 'both orders are the same' };
  }
  const moments = rows.scores.moments(part);
  const counts = countsOf(rows, part);
  const known = weigh(counts, moments, [official, alphabetical]);
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
  return { order: 'unknown', evidence: `neither pixels nor counts decide (${words})` };
}

/** Parts whose labels are clearly numbered in another order than those of the first clear part, or null. */
export function findOtherPart(
  rows: ScoredRows,
): readonly (OrderFinding & { readonly name: string })[] | null {
  const clear = partNames(rows.spec)
    .map((name, part) => ({ name, ...findClassOrder(rows, part) }))
    .filter(({ order }) => order !== 'unknown');
  const other = clear.find(({ order }) => order !== clear[0]!.order);
  return other ? [clear[0]!, other] : null;
}

/** Counts of each class, and the official ones, by [part][label]; null where there are no official ones. */
interface Counts {
  readonly found: readonly (readonly number[])[];
  readonly official: readonly (readonly number[])[];
}

function countsOf(rows: LabelledRows, part?: number): Counts | null {
  const { officialCounts: official } = rows.spec;
  if (!official) return null;
  const counts = countByClass(rows);
  const parts = part === undefined ? [...official[0]!.keys()] : [part];
  const columns = (table: readonly (readonly number[])[]) => parts.map((k) => table.map((row) => row[k]!));
  return { found: columns(counts), official: columns(official) };
}

function weigh(
  counts: Counts | null,
  moments: ScoreMoments | null,
  [first, second]: readonly [ClassOrder, ClassOrder],
): Evidence {
  const pixels = moments ? advantage(moments, first, second) : 0;
  const [a, b] = [misfit(counts, first), misfit(counts, second)];
  const areCountsClear =
    Math.abs(a - b) > CLEAR_COUNTS.difference && Math.max(a, b) > CLEAR_COUNTS.ratio * Math.min(a, b);
  return {
    pixels,
    counts: b - a,
    isClear: { pixels: Math.abs(pixels) > CLEAR_PIXELS, counts: areCountsClear },
  };
}

/**
 * Pearson's statistic of the counts of some parts against the official shares, where one class may be passed over: it
 * may have been left out or copied.
 */
function misfit(counts: Counts | null, order: ClassOrder): number {
  if (!counts) return 0;
  const passed = [-1, ...order.keys()].map((left) => {
    const labels = [...order.keys()].filter((label) => label !== left);
    const parts = counts.found.map((found, k) =>
      misfitOfPart(labels.map((label) => [found[label]!, counts.official[k]![order[label]!]!])),
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
  throw new FerlabError(`"${text}" is not an order of the classes`, {
    remedy: `give official, alphabetical, or all of ${spec.classes.join(',')} in the order of their numbers`,
  });
}

import type { ImageDataset } from './dataset';
import { findDuplicateGroups } from './duplicates';
import { WholeIndex } from './hash-index';
import { hashAll } from './similar';
import { partWithRole } from './spec';

/** Bits by which hashes of pairs may differ that are counted. */
const LARGEST_PAIR_DISTANCE = 12;

/** Pairs of images whose perceptual hashes differ by so many bits; exact copies are a row of their own. */
export interface NearPairs {
  /** Null for exact copies. */
  readonly distance: number | null;
  readonly pairs: number;
  /** Pairs whose images carry the same label. */
  readonly agreeing: number;
  /** Groups that pairs up to this distance join, exact copies among them. */
  readonly groups: number;
  /** Images of each other part with such a pair in the training part, or a closer one; by the part's name. */
  readonly withTraining: Readonly<Record<string, number>>;
}

/** Pairs by distance, with the share of pairs of equal labels that chance gives. */
export interface NearPairSummary {
  readonly rows: readonly NearPairs[];
  /** Share of all pairs of images that carry the same label. */
  readonly chance: number;
}

/**
 * Counts pairs of images by the distance of their hashes (64 differences of neighbouring block means), mirrored or not; a
 * pair counts at the smaller of its two distances. Nearly flat images, whose hashes say nothing, are exact copies or none.
 */
export function summarizeNearPairs(dataset: ImageDataset): NearPairSummary {
  const joined = new JoinedRows(dataset.count);
  const leaked = new Set<number>();
  const rows = pairsByLevel(dataset).map((pairs, level): NearPairs => {
    let agreeing = 0;
    for (const [row, other] of pairs) {
      if (dataset.labels[row] === dataset.labels[other]) agreeing++;
      joined.join(row, other);
      for (const one of leakedRows(dataset, row, other)) leaked.add(one);
    }
    const withTraining = countByPart(dataset, leaked);
    const distance = level === 0 ? null : level - 1;
    return { distance, pairs: pairs.length, agreeing, groups: joined.groups, withTraining };
  });
  return { rows, chance: chanceOf(dataset) };
}

type Pair = readonly [row: number, other: number];

/** Exact copies, then the pairs of each distance. */
function pairsByLevel(dataset: ImageDataset): Pair[][] {
  const levels: Pair[][] = Array.from({ length: LARGEST_PAIR_DISTANCE + 2 }, () => []);
  const copies = findDuplicateGroups(dataset);
  const members = new Map<number, number[]>();
  for (const [row, group] of copies.entries()) {
    const earlier = members.get(group) ?? [];
    for (const other of earlier) levels[0]!.push([row, other]);
    members.set(group, [...earlier, row]);
  }
  const [plain, mirrored] = hashAll(dataset);
  const index = new WholeIndex(plain, LARGEST_PAIR_DISTANCE);
  for (let row = 0; row < dataset.count; row++) {
    if (plain.isFlat(row)) continue;
    const near = new Map<number, number>();
    for (const hash of [plain.at(row), mirrored.at(row)]) {
      index.forEachNear(hash, 1, (other) => {
        if (other >= row || copies[other] === copies[row]) return;
        near.set(other, Math.min(near.get(other) ?? 64, plain.distance(other, hash)));
      });
    }
    for (const [other, distance] of near) levels[distance + 1]!.push([row, other]);
  }
  return levels;
}

/** Those of a pair that lie outside the training part while the other lies in it. */
function leakedRows({ spec, usages }: ImageDataset, ...[row, other]: Pair): number[] {
  const training = partWithRole(spec, 'training');
  const isTraining = (one: number) => usages[one] === training;
  if (isTraining(row) === isTraining(other)) return [];
  return [isTraining(row) ? other : row];
}

function countByPart({ spec, usages }: ImageDataset, rows: Iterable<number>): Record<string, number> {
  const others = spec.parts.flatMap(({ name, role }) => (role === 'training' ? [] : [name]));
  const counts = Object.fromEntries(others.map((name) => [name, 0]));
  for (const row of rows) counts[spec.parts[usages[row]!]!.name]!++;
  return counts;
}

function chanceOf({ labels, count, spec }: ImageDataset): number {
  const images = new Float64Array(spec.classes.length);
  for (const label of labels) images[label]!++;
  return images.reduce((sum, own) => sum + own * (own - 1), 0) / (count * (count - 1));
}

/** Rows in groups that grow together. */
class JoinedRows {
  readonly #parents: Uint32Array;
  readonly #sizes: Uint32Array;
  /** Groups of two rows or more. */
  groups = 0;

  constructor(count: number) {
    this.#parents = Uint32Array.from({ length: count }, (_, row) => row);
    this.#sizes = new Uint32Array(count).fill(1);
  }

  join(a: number, b: number): void {
    const [one, other] = [this.#rootOf(a), this.#rootOf(b)];
    if (one === other) return;
    const singles = Number(this.#sizes[one] === 1) + Number(this.#sizes[other] === 1);
    this.groups += singles - 1; // two singles make a group, two groups become one
    this.#parents[other] = one;
    this.#sizes[one]! += this.#sizes[other]!;
  }

  #rootOf(row: number): number {
    let root = row;
    while (this.#parents[root] !== root) {
      this.#parents[root] = this.#parents[this.#parents[root]!]!;
      root = this.#parents[root]!;
    }
    return root;
  }
}

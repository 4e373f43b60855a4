import type { ImageDataset } from './dataset';
import { findDuplicateGroups } from './duplicates';
import { type DatasetSpec, partNames, pixelsPerImage } from './spec';

/** How a copy differs from its original. */
export type CopyKind = 'exact' | 'mirrored' | 're-encoded';

export const COPY_KINDS: readonly CopyKind[] = ['exact', 'mirrored', 're-encoded'];

/** Copies of images of one part in another one. */
export interface Leak {
  readonly kind: CopyKind;
  readonly part: string;
  readonly inPart: string;
  /** Images of `part` that have such a copy; each is counted once, by the closest kind. */
  readonly images: number;
  /** Some pairs of rows, in file order: of `part` and of `inPart`. */
  readonly examples: readonly (readonly [row: number, copy: number])[];
}

/** Largest mean difference of grey levels of a re-encoded copy, when both have the same mean. */
const LARGEST_DIFFERENCE = 5;

/** Bits by which the hashes of re-encoded copies may differ. */
const LARGEST_DISTANCE = 6;

const EXAMPLES = 3;

/**
 * Images that lie in more than one part: exact copies, mirrored ones, and copies that went through JPEG or another
 * size. Of a set that has no official parts nothing is said.
 */
export function findLeaks(dataset: ImageDataset): Leak[] {
  const { spec, usages } = dataset;
  if (spec.parts.length === 0) return [];
  const found = new Map<string, { kind: CopyKind; rows: [number, number][] }>();
  const told = new Set<number>();
  const tell = (kind: CopyKind, row: number, copy: number) => {
    // The copy in the earlier part is the original: training comes first.
    const [late, early] = usages[row]! >= usages[copy]! ? [row, copy] : [copy, row];
    if (usages[late] === usages[early] || told.has(late)) return;
    told.add(late);
    const key = `${kind} ${usages[late]} ${usages[early]}`;
    const entry = found.get(key) ?? { kind, rows: [] };
    entry.rows.push([late, early]);
    found.set(key, entry);
  };
  tellExact(dataset, tell);
  for (const [row, copy, kind] of similarPairs(dataset)) tell(kind, row, copy);
  return sorted(spec, dataset, [...found.values()]);
}

type Tell = (kind: CopyKind, row: number, copy: number) => void;

function sorted(
  spec: DatasetSpec,
  { usages }: ImageDataset,
  found: readonly { kind: CopyKind; rows: [number, number][] }[],
): Leak[] {
  const names = partNames(spec);
  return found
    .map(({ kind, rows }) => ({
      kind,
      part: names[usages[rows[0]![0]]!]!,
      inPart: names[usages[rows[0]![1]]!]!,
      images: rows.length,
      examples: rows.sort(([a], [b]) => a - b).slice(0, EXAMPLES),
    }))
    .sort(
      (a, b) =>
        COPY_KINDS.indexOf(a.kind) - COPY_KINDS.indexOf(b.kind) ||
        names.indexOf(a.part) - names.indexOf(b.part) ||
        names.indexOf(a.inPart) - names.indexOf(b.inPart),
    );
}

function tellExact(dataset: ImageDataset, tell: Tell): void {
  const firsts = new Map<number, Map<number, number>>();
  const groups = findDuplicateGroups(dataset);
  for (const [row, group] of groups.entries()) {
    const parts = firsts.get(group) ?? new Map<number, number>();
    if (!parts.has(dataset.usages[row]!)) parts.set(dataset.usages[row]!, row);
    firsts.set(group, parts);
  }
  for (const [row, group] of groups.entries()) {
    const earlier = [...firsts.get(group)!]
      .filter(([part]) => part < dataset.usages[row]!)
      .sort(([a], [b]) => a - b)[0];
    if (earlier) tell('exact', row, earlier[1]);
  }
}

/** Pairs of images in different parts that are alike, mirrored or not. */
function* similarPairs({
  count,
  usages,
  spec,
  images,
}: ImageDataset): Generator<readonly [number, number, CopyKind]> {
  const { side } = spec;
  const size = pixelsPerImage(spec);
  const imageAt = (row: number) => images.subarray(row * size, (row + 1) * size);
  const hashes = Array.from({ length: count }, (_, row) => hashOf(imageAt(row), side));
  const index = buildIndex(hashes);
  function* alike(image: Uint8Array, hash: Hash, usage: number): Generator<number> {
    for (const other of nearRows(index, hash, hashes)) {
      if (usages[other]! < usage && meanDifference(image, imageAt(other)) <= LARGEST_DIFFERENCE) yield other;
    }
  }
  for (let row = 0; row < count; row++) {
    const usage = usages[row]!;
    if (usage === 0 || isFlat(hashes[row]!)) continue;
    for (const other of alike(imageAt(row), hashes[row]!, usage)) yield [row, other, 're-encoded'];
    const flipped = mirrored(imageAt(row), side);
    for (const other of alike(flipped, hashOf(flipped, side), usage)) yield [row, other, 'mirrored'];
  }
}

/** 64 bits: whether each of 8x8 differences of neighbouring block means is positive; as two numbers of 32 bits. */
type Hash = readonly [number, number];

/** Hashes of nearly flat images say nothing. */
const isFlat = ([a, b]: Hash) => bits(a) + bits(b) < 8;

function hashOf(image: Uint8Array, side: number): Hash {
  const means = blockGrid(image, side);
  const words: [number, number] = [0, 0];
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      const bit = means[9 * y + x]! < means[9 * y + x + 1]! ? 1 : 0;
      words[y >> 2]! |= bit << (8 * (y & 3) + x);
    }
  }
  return words;
}

/** Means of 9x8 blocks. */
function blockGrid(image: Uint8Array, side: number): Float64Array {
  const sums = new Float64Array(72);
  const counts = new Float64Array(72);
  const columns = Uint8Array.from({ length: side }, (_, x) => Math.floor((9 * x) / side));
  for (let y = 0, i = 0; y < side; y++) {
    const line = 9 * Math.floor((8 * y) / side);
    for (let x = 0; x < side; x++, i++) {
      const at = line + columns[x]!;
      sums[at]! += image[i]!;
      counts[at]!++;
    }
  }
  return sums.map((sum, i) => sum / counts[i]!);
}

/** Ones of a number of 32 bits. */
function bits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows by each quarter of their hashes: two that differ in at most three bits share one. */
function buildIndex(hashes: readonly Hash[]): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const [row, hash] of hashes.entries()) {
    if (isFlat(hash)) continue;
    for (let quarter = 0; quarter < 4; quarter++) {
      const key = keyOf(hash, quarter);
      const some = rows.get(key);
      if (some) some.push(row);
      else rows.set(key, [row]);
    }
  }
  return rows;
}

const keyOf = (hash: Hash, quarter: number) =>
  quarter * 65536 + ((hash[quarter >> 1]! >>> (16 * (quarter & 1))) & 65535);

function* nearRows(index: Map<number, number[]>, hash: Hash, hashes: readonly Hash[]): Generator<number> {
  const [a, b] = hash;
  for (let quarter = 0; quarter < 4; quarter++) {
    for (const row of index.get(keyOf(hash, quarter)) ?? []) {
      const [c, d] = hashes[row]!;
      if (bits(a ^ c) + bits(b ^ d) <= LARGEST_DISTANCE) yield row;
    }
  }
}

function mirrored(image: Uint8Array, side: number): Uint8Array {
  return image.map((_, i) => image[i - (i % side) + side - 1 - (i % side)]!);
}

/** Mean difference of two images that are brought to one mean. */
function meanDifference(a: Uint8Array, b: Uint8Array): number {
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
  }
  const shift = (sumA - sumB) / a.length;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]! - shift);
  return sum / a.length;
}

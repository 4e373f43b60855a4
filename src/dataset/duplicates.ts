import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ImageDataset, Images } from './dataset';
import { imageBlocks, pixelsOf } from './image-source';
import { partWithRole, pixelsPerImage } from './spec';

/** A digest of the pixels of each image, in file order. MD5 is enough to tell images apart that nobody forged, and quick. */
export function* imageDigests(dataset: Images & { readonly count: number }): Generator<string> {
  const size = pixelsPerImage(dataset.spec);
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += size) {
      yield hash('md5', block.subarray(at, at + size));
    }
  }
}

/**
 * Group of each image, [count]: images are in one group if all their pixels are equal. Numbered by first appearance.
 * Images with the same checksum are compared pixel by pixel.
 */
export function findDuplicateGroups(dataset: Images & { readonly count: number }): Uint32Array {
  const groups = new Uint32Array(dataset.count);
  /** By checksum: the first image of the group that was met last; of each of these, that of the one before, or -1. */
  const last = new Map<number, number>();
  const before = new Int32Array(dataset.count);
  let [row, distinct] = [0, 0];
  for (const checksum of imageChecksums(dataset)) {
    const known = last.get(checksum) ?? -1;
    let first = known;
    while (first >= 0 && !areEqual(dataset, first, row)) first = before[first]!;
    if (first < 0) {
      before[row] = known;
      last.set(checksum, row);
    }
    groups[row++] = first < 0 ? distinct++ : groups[first]!;
  }
  return groups;
}

function* imageChecksums(dataset: Images & { readonly count: number }): Generator<number> {
  const size = pixelsPerImage(dataset.spec);
  for (const block of imageBlocks(dataset)) {
    for (let at = 0; at < block.length; at += size) yield crc32(block.subarray(at, at + size));
  }
}

function areEqual(dataset: Images, row: number, other: number): boolean {
  const size = pixelsPerImage(dataset.spec);
  const { bytes, offset } = pixelsOf(dataset, Uint32Array.of(row, other));
  const image = (i: number) => bytes.subarray(offset(i), offset(i) + size);
  return Buffer.compare(image(0), image(1)) === 0;
}

/** Those of some rows whose image has an exact copy in the training part. @param groups of {@link findDuplicateGroups} */
export function copiesInTraining(groups: Uint32Array, rows: Uint32Array, training: Uint32Array): number[] {
  const learnt = new Set(Uint32Array.from(training, (row) => groups[row]!));
  return [...rows].filter((row) => learnt.has(groups[row]!));
}

export interface DuplicateSummary {
  readonly images: number;
  readonly distinct: number;
  /** Rows that could go without losing an image. */
  readonly removable: number;
  /** Groups of two images or more. */
  readonly groups: number;
  /** Groups whose images carry different labels. */
  readonly conflicting: number;
  /** By the name of each other part: its rows whose exact copy is in the training part. */
  readonly inTraining: Readonly<Record<string, number>>;
}

/** Counts exact copies. @param groups of {@link findDuplicateGroups} */
export function summarizeDuplicates(dataset: ImageDataset, groups: Uint32Array): DuplicateSummary {
  const distinct = groups.reduce((largest, group) => Math.max(largest, group + 1), 0);
  const sizes = new Uint32Array(distinct);
  const firstLabel = new Int16Array(distinct).fill(-1);
  const conflicts = new Uint8Array(distinct);
  for (const [row, group] of groups.entries()) {
    sizes[group]!++;
    if (firstLabel[group]! < 0) firstLabel[group] = dataset.labels[row]!;
    else if (firstLabel[group] !== dataset.labels[row]) conflicts[group] = 1;
  }
  return {
    images: dataset.count,
    distinct,
    removable: dataset.count - distinct,
    groups: sizes.reduce((count, size) => count + (size > 1 ? 1 : 0), 0),
    conflicting: conflicts.reduce((count, conflict) => count + conflict, 0),
    inTraining: copiesByPart(dataset, groups),
  };
}

function copiesByPart(dataset: ImageDataset, groups: Uint32Array): Record<string, number> {
  const { parts } = dataset.spec;
  const others = parts.flatMap(({ name, role }, part) => (role === 'training' ? [] : [{ name, part }]));
  return Object.fromEntries(
    others.map(({ name, part }) => [name, countCopiesInTraining(dataset, groups, part)]),
  );
}

/** Images of a part whose exact copy is in the training part. @param part its code, an index into `spec.parts` */
function countCopiesInTraining(dataset: ImageDataset, groups: Uint32Array, part: number): number {
  const training = partWithRole(dataset.spec, 'training');
  const inTraining = new Set(groups.filter((_, row) => dataset.usages[row] === training));
  return groups.filter((group, row) => dataset.usages[row] === part && inTraining.has(group)).length;
}

import { PixelComparison, Reductions } from './comparison';
import { QuarterIndex, WholeIndex } from './hash-index';
import { imageBlocks } from './image-source';
import type { PartedImages } from './parted-images';
import { Hasher, Hashes } from './picture-hash';
import { pixelsPerImage } from './spec';

/** Largest mean difference of grey levels of a re-encoded copy, when both have the same mean. */
const LARGEST_DIFFERENCE = 5;

/** Bits by which the hashes of re-encoded copies may differ, and those of resized ones. */
const LARGEST_DISTANCE = 6;
const LARGEST_DISTANCE_RESIZED = 12;

/**
 * Least correlation of a resized copy, as 12x12 block means. Measured on the paper's data: copies that went through half the size
 * or three quarters of it have at least 0.966.
 */
export const LEAST_CORRELATION = 0.965;

/** Two images that are alike; `other` lies in the earlier part, or before `row` where parts don't count. */
export interface SimilarPair {
  readonly row: number;
  readonly other: number;
  readonly isMirrored: boolean;
  /** Whether they differ by more than a re-encoding: in size, or in a crop of some pixels. */
  readonly isResized: boolean;
}

export interface SimilarOptions {
  /** Whether images of one part are compared too; only those of different parts unless given. */
  readonly withinParts?: boolean;
  /** Look for resized copies too, which takes some times as long. */
  readonly resized?: boolean;
}

/** Tells of each pair of images that are nearly equal, mirrored or not. */
export function findSimilar(
  images: PartedImages,
  tell: (pair: SimilarPair) => void,
  { withinParts = false, resized = false }: SimilarOptions = {},
): void {
  const { count, usages } = images;
  const isCompared = (row: number, other: number) =>
    withinParts ? other < row : usages[other]! < usages[row]!;
  const [plain, mirrored] = hashAll(images);
  const index = resized
    ? new WholeIndex(plain, LARGEST_DISTANCE_RESIZED)
    : new QuarterIndex(plain, LARGEST_DISTANCE);
  const likeness = buildLikeness(images, resized);
  for (let row = 0; row < count; row++) {
    if (plain.isFlat(row) || (usages[row] === 0 && !withinParts)) continue;
    for (const hashes of [plain, mirrored]) {
      const isMirrored = hashes === mirrored;
      index.forEachNear(hashes.at(row), 2 * row + Number(isMirrored) + 1, (other) => {
        const found = isCompared(row, other) ? likeness(row, other, isMirrored) : null;
        if (found) tell({ row, other, isMirrored, isResized: found === 'resized' });
      });
    }
  }
}

/** Judges two images whose hashes are near each other; null where they are not alike. */
function buildLikeness(images: PartedImages, resized: boolean) {
  const comparison = new PixelComparison(images, LARGEST_DIFFERENCE);
  const reductions = resized ? new Reductions(images) : null;
  return (row: number, other: number, isMirrored: boolean): 're-encoded' | 'resized' | null => {
    if (comparison.difference(row, other, isMirrored) <= LARGEST_DIFFERENCE) return 're-encoded';
    const correlation = reductions?.correlation(row, other, isMirrored) ?? 0;
    return correlation >= LEAST_CORRELATION ? 'resized' : null;
  };
}

/** Hashes of all images, as they are and as if they were mirrored. */
export function hashAll(images: PartedImages): [plain: Hashes, mirrored: Hashes] {
  const { count, spec } = images;
  const size = pixelsPerImage(spec);
  const hasher = new Hasher(spec.side);
  const [plain, mirrored] = [new Hashes(count), new Hashes(count)];
  let row = 0;
  for (const block of imageBlocks(images)) {
    for (let at = 0; at < block.length; at += size, row++) {
      const hash = hasher.hash(block, at);
      plain.set(row, hash.plain);
      mirrored.set(row, hash.mirrored);
    }
  }
  return [plain, mirrored];
}

import { applyAugmentation } from '../augment/apply';
import { UNCHANGED } from '../augment/ranges';
import { leadingClasses } from '../dataset/crowd';
import type { ImageDataset } from '../dataset/dataset';
import { findDuplicateGroups } from '../dataset/duplicates';
import type { FerPlusVotes } from '../dataset/ferplus';
import { pixelsOf } from '../dataset/image-source';
import { findSimilar } from '../dataset/similar';
import { type DatasetSpec, partWithRole, pixelsPerImage } from '../dataset/spec';
import { randomStream } from '../random';

/** Some images with labels, [count, side, side]. */
export interface LabImages {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** What the lab experiments with. */
export interface LeakLab {
  /** That of the data with the lab's side, without what holds for the published data alone. */
  readonly spec: DatasetSpec;
  /** All that somebody has who divides the data anew. */
  readonly pool: LabImages;
  /** Group of each image of the pool: copies, mirrored or re-encoded ones too, have the same. */
  readonly groups: Uint32Array;
  /** The label of each image of the pool by the crowd of FER+, -1 for none of the classes; null without votes. */
  readonly crowd: Int8Array | null;
  /** Images of the official validation part of which the training part has no copy: no training ever sees them. */
  readonly untouched: LabImages;
}

/** Takes whole groups of copies from the official training part, in a fixed random order, until there are enough images. */
export function buildLab(
  dataset: ImageDataset,
  { images, side, votes }: { images: number; side: number; votes: FerPlusVotes | null },
): LeakLab {
  const groups = groupCopies(dataset);
  const training = rowsOfPart(dataset, 'training');
  const known = new Set(Array.from(training, (row) => groups[row]!));
  const rows = drawPool(training, groups, images);
  const untouched = rowsOfPart(dataset, 'validation').filter((row) => !known.has(groups[row]!));
  const { name, title, classes, parts, showsPeople, citation } = dataset.spec;
  const leading = votes && leadingClasses(votes, dataset.spec);
  return {
    spec: { name, title, classes, parts, showsPeople, citation, side },
    pool: reduce(dataset, rows, side),
    groups: rows.map((row) => groups[row]!),
    crowd: leading && Int8Array.from(rows, (row) => leading[row]!),
    untouched: reduce(dataset, untouched, side),
  };
}

/** Group of each row, [count]: equal pixel by pixel, nearly equal, or nearly equal when mirrored, also by way of others. */
export function groupCopies(dataset: ImageDataset): Uint32Array {
  const groups = findDuplicateGroups(dataset);
  const leader = Uint32Array.from({ length: dataset.count }, (_, group) => group);
  const find = (group: number): number => {
    let at = group;
    while (leader[at] !== at) at = leader[at]!;
    return at;
  };
  findSimilar(
    dataset,
    ({ row, other }) => {
      const [a, b] = [find(groups[row]!), find(groups[other]!)];
      leader[Math.max(a, b)] = Math.min(a, b);
    },
    { withinParts: true },
  );
  return groups.map(find);
}

function rowsOfPart({ spec, usages }: ImageDataset, role: 'training' | 'validation'): Uint32Array {
  const part = partWithRole(spec, role);
  return Uint32Array.from([...usages.keys()].filter((row) => usages[row] === part));
}

function drawPool(training: Uint32Array, groups: Uint32Array, count: number): Uint32Array {
  const byGroup = new Map<number, number[]>();
  for (const row of training) byGroup.set(groups[row]!, [...(byGroup.get(groups[row]!) ?? []), row]);
  const units = randomStream(0, 'leak lab').shuffle([...byGroup.values()]);
  const rows: number[] = [];
  for (const unit of units) if (rows.length < count) rows.push(...unit);
  return Uint32Array.from(rows).sort();
}

/** The images of some rows with another side. */
function reduce(dataset: ImageDataset, rows: Uint32Array, side: number): LabImages {
  const { bytes, offset } = pixelsOf(dataset, rows);
  const size = side * side;
  const target = new Float32Array(size);
  const images = new Uint8Array(rows.length * size);
  const sourceSide = dataset.spec.side;
  for (let i = 0; i < rows.length; i++) {
    const from = { source: bytes, sourceOffset: offset(i), sourceSide };
    applyAugmentation(UNCHANGED, { ...from, target, targetOffset: 0, side });
    images.set(toBytes(target), i * size);
  }
  return { images, labels: Uint8Array.from(rows, (row) => dataset.labels[row]!) };
}

/** Grey levels 0 to 255 of levels 0 to 1. */
export const toBytes = (levels: Float32Array): Uint8Array =>
  Uint8Array.from(levels, (level) => Math.round(255 * level));

/** The pixels of one image. */
export function pixelsAt({ images }: LabImages, spec: Pick<DatasetSpec, 'side'>, at: number): Uint8Array {
  const size = pixelsPerImage(spec);
  return images.subarray(at * size, (at + 1) * size);
}

import { basename } from 'node:path';
import { FerlabError } from '../errors';
import { contentHash } from './cache-writer';
import type { ImageDataset } from './dataset';
import { FERPLUS_CHOICES, type FerPlusVotes, loadVotes } from './ferplus';
import { type DatasetSpec, pixelsPerImage } from './spec';

/** Why an image has no label, besides those of the classes. */
const TIED = -1;
const NO_CLASS = -2;

/**
 * The images of a data set under the labels that most people gave them again: the choice with most votes. Images on which
 * two choices lead, or one that is no class, are left out, and counted in the notes.
 * @param spec of the new labels; its classes stand in the order of the choices
 * @throws FerlabError when there are no votes, and as {@link loadVotes}
 */
export function relabelByVotes(base: ImageDataset, spec: DatasetSpec): ImageDataset {
  const votes = loadVotes(base);
  if (!votes) {
    throw new FerlabError(`${base.source.path}: there are no votes to label its images with`, {
      remedy: `put ${base.spec.votes?.files.join(' or ')} beside it, or name the file with $FERPLUS`,
    });
  }
  const leaders = Int8Array.from({ length: base.count }, (_, row) => leaderOf(votes, row, spec));
  const rows = [...leaders.keys()].filter((row) => leaders[row]! >= 0);
  const labels = Uint8Array.from(rows, (row) => leaders[row]!);
  const usages = Uint8Array.from(rows, (row) => base.usages[row]!);
  const images = pick(base, rows);
  const count = (reason: number) => leaders.filter((leader) => leader === reason).length;
  return {
    ...{ spec, count: rows.length, images, labels, usages },
    source: { ...base.source, sha256: contentHash({ images, labels, usages }) },
    reading: {
      ...base.reading!,
      classes: `the choice of most people in ${basename(votes.path)}`,
      isOrderAssumed: false,
      genuine: null,
      notes: [
        ...base.reading!.notes,
        `not used: ${count(TIED)} images on which two choices lead, and ${count(NO_CLASS)} on which most saw no face or could not tell`,
      ],
    },
  };
}

/** The class that most people chose. */
function leaderOf({ votes }: FerPlusVotes, row: number, { classes }: DatasetSpec): number {
  const own = votes.subarray(row * FERPLUS_CHOICES.length, (row + 1) * FERPLUS_CHOICES.length);
  const most = Math.max(...own);
  const leader = own.indexOf(most);
  if (own.lastIndexOf(most) !== leader) return TIED;
  return leader < classes.length ? leader : NO_CLASS;
}

function pick({ spec, images }: ImageDataset, rows: readonly number[]): Uint8Array {
  const size = pixelsPerImage(spec);
  const picked = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries()) picked.set(images.subarray(row * size, (row + 1) * size), i * size);
  return picked;
}

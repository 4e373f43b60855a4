import { basename } from 'node:path';
import { contentHash } from './cache-writer';
import { copyImages } from './copy-images';
import { leadersOf } from './crowd';
import type { ImageDataset } from './dataset';
import { neededVotes } from './ferplus';
import type { DatasetSpec } from './spec';

/**
 * The images of a data set under the labels that most people gave them again: the choice with most votes. Images on which
 * two choices lead, or one that is no class, are left out, and counted in the notes.
 * @param spec of the new labels; its classes stand in the order of the choices
 * @throws FerlabError when there are no votes, and as {@link neededVotes}
 */
export function relabelByVotes(base: ImageDataset, spec: DatasetSpec): ImageDataset {
  const votes = neededVotes(base, `${base.source.path}: there are no votes to label its images with`);
  const leaders = leadersOf(votes);
  const isClass = (leader: number) => leader >= 0 && leader < spec.classes.length;
  const rows = [...leaders.keys()].filter((row) => isClass(leaders[row]!));
  const labels = Uint8Array.from(rows, (row) => leaders[row]!);
  const usages = Uint8Array.from(rows, (row) => base.usages[row]!);
  const images = copyImages(base, rows);
  const tied = leaders.filter((leader) => leader < 0).length;
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
        `not used: ${tied} images on which two choices lead, and ${base.count - rows.length - tied} on which most saw no face or could not tell`,
      ],
    },
  };
}

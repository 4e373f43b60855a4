import type { ImageDataset } from '../dataset/dataset';
import { pixelsOf } from '../dataset/image-source';
import { pixelsPerImage } from '../dataset/spec';
import { type Fingerprint, loadFingerprint } from './fingerprint';
import { type Match, matchData } from './match-data';

/** A copy of the data that published numbers come from, with its images in the published places. */
export interface AlignedData {
  /** The copy's images under the published rows, labels and hash. */
  readonly dataset: ImageDataset;
  /** How each image was found, [count]. */
  readonly matches: readonly Match[];
}

/**
 * Brings a copy of the data into the published order, so that it can stand in for it.
 * @param models the folder of published models, where the fingerprint lies
 * @param sha256 of the data that the numbers come from
 * @throws FerlabError when it is another data set, and as {@link loadFingerprint}
 */
export function alignData(models: string, sha256: string, dataset: ImageDataset): AlignedData {
  if (dataset.source.sha256 === sha256) {
    return { dataset, matches: new Array<Match>(dataset.count).fill('equal') };
  }
  const published = loadFingerprint(models, sha256);
  const { rows, matches } = matchData(published, dataset);
  return { dataset: inPublishedOrder(published, dataset, rows), matches };
}

function inPublishedOrder(published: Fingerprint, dataset: ImageDataset, rows: Uint32Array): ImageDataset {
  const size = pixelsPerImage(dataset.spec);
  const { bytes, offset } = pixelsOf(dataset, rows);
  const images = new Uint8Array(rows.length * size);
  for (let row = 0; row < rows.length; row++) {
    images.set(bytes.subarray(offset(row), offset(row) + size), row * size);
  }
  const { labels, usages, sha256 } = published;
  return {
    spec: dataset.spec,
    count: dataset.count,
    images,
    labels,
    usages,
    source: { ...dataset.source, sha256 },
  };
}

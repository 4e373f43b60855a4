import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ImageDataset } from '../../dataset/dataset';
import { FERPLUS_CHOICES, loadVotes } from '../../dataset/ferplus';
import { loadDataset } from '../../dataset/load';
import { measureQuality } from '../../dataset/quality';
import { knownSpec } from '../../dataset/specs';
import { alignData } from '../../publish/align';
import type { PackedImages } from '../client/packed';
import type { SiteModel } from '../content';
import { dataScript } from './predictions';

/** Pictures of a sheet: a cell of the explorer needs a few sheets of a megabyte or two. */
const COLUMNS = 40;
const PER_SHEET = 1000;

/**
 * The user's copy of the data in the order of the published rows.
 * @param model whose data it has to be, @param models the folder of published models
 * @throws FerlabError when it is other data
 */
export async function loadPictures(path: string, model: SiteModel, models: string): Promise<ImageDataset> {
  const { spec, sha256 } = model.data;
  return alignData(models, sha256, await loadDataset({ path, spec: knownSpec(spec) })).dataset;
}

/** Writes the pictures as sheets, and what the explorer filters and shows besides: brightness and the votes of FER+. */
export async function writePictures(folder: string, dataset: ImageDataset): Promise<void> {
  mkdirSync(join(folder, 'pictures'));
  for (let first = 0; first < dataset.count; first += PER_SHEET) {
    const count = Math.min(PER_SHEET, dataset.count - first);
    writeFileSync(join(folder, 'pictures', `${first / PER_SHEET}.png`), await sheet(dataset, first, count));
  }
  writeFileSync(join(folder, 'data', 'images.js'), dataScript('images', 'all', packImages(dataset)));
}

/** Images beside and below each other, [rows of the sheet * side, columns * side]. */
function sheet({ images, spec: { side } }: ImageDataset, first: number, count: number): Promise<Buffer> {
  const width = COLUMNS * side;
  const height = Math.ceil(count / COLUMNS) * side;
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < count; i++) {
    const corner = Math.floor(i / COLUMNS) * side * width + (i % COLUMNS) * side;
    for (let y = 0; y < side; y++) {
      const from = ((first + i) * side + y) * side;
      grey.set(images.subarray(from, from + side), corner + y * width);
    }
  }
  return sharp(grey, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

function packImages(dataset: ImageDataset): PackedImages {
  const crowd = loadVotes(dataset);
  return {
    brightness: Array.from(measureQuality(dataset).brightness, Math.round),
    // Two digits a choice: ten people voted.
    votes: crowd && {
      choices: FERPLUS_CHOICES,
      counts: Array.from(crowd.votes, (votes) => String(votes).padStart(2, '0')).join(''),
    },
    sheets: { side: dataset.spec.side, columns: COLUMNS, images: PER_SHEET },
  };
}

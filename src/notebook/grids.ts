import sharp from 'sharp';
import { applyAugmentation } from '../augment/apply';
import {
  type Augmentation,
  type AugmentationRanges,
  drawAugmentation,
  NO_AUGMENTATION,
  UNCHANGED,
} from '../augment/ranges';
import { copyImages } from '../dataset/copy-images';
import type { ImageDataset } from '../dataset/dataset';
import { findDuplicateGroups } from '../dataset/duplicates';
import { partWithRole, pixelsPerImage } from '../dataset/spec';
import { randomStream } from '../random';
import { titledFor } from '../report/words';
import type { ImageGrid } from './image-grid';

/** What every grid takes from its data. */
const basics = ({ spec }: ImageDataset) => ({ side: spec.side, people: spec.showsPeople });

/** Random training images of a class, without repeats. */
function drawRows(dataset: ImageDataset, label: number, options: { count: number; seed: number }): number[] {
  // Without official parts every image may be shown.
  const training = Math.max(0, partWithRole(dataset.spec, 'training'));
  const rows = [...dataset.labels.keys()].filter(
    (row) => dataset.labels[row] === label && dataset.usages[row] === training,
  );
  return randomStream(options.seed, 'grid', label).shuffle(rows).slice(0, options.count);
}

/** Random training images, a row for each class. */
export function sampleGrid(dataset: ImageDataset, options: { perClass: number; seed: number }): ImageGrid {
  const { perClass: count, seed } = options;
  const rows = dataset.spec.classes.flatMap((_, label) => drawRows(dataset, label, { count, seed }));
  return {
    title: titledFor('Training images of each emotion', dataset),
    images: copyImages(dataset, rows),
    columns: count,
    rowLabels: dataset.spec.classes,
    ...basics(dataset),
  };
}

/** Some images side by side, each under its caption. @param images grey levels, each [side, side] */
export function besideGrid(
  dataset: ImageDataset,
  title: string,
  images: Readonly<Record<string, Uint8Array>>,
): ImageGrid {
  const captions = Object.keys(images);
  return {
    title: titledFor(title, dataset),
    images: Buffer.concat(Object.values(images)),
    columns: captions.length,
    captions,
    ...basics(dataset),
  };
}

/**
 * An image of the dataset as a photograph would come: JPEG, in colour, of another size and shape.
 * @param size width and height in pixels
 */
export function asPhotograph(
  dataset: ImageDataset,
  row: number,
  size: { width: number; height: number },
): Promise<Buffer> {
  const { side } = dataset.spec;
  return sharp(copyImages(dataset, [row]), { raw: { width: side, height: side, channels: 1 } })
    .resize({ ...size, fit: 'fill' })
    .toColourspace('srgb')
    .tint({ r: 224, g: 172, b: 140 })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** One image of a dataset, [side, side]. */
export function imageOf(dataset: ImageDataset, row: number): Uint8Array {
  return copyImages(dataset, [row]);
}

/** Groups of exact copies that carry different labels, a pair side by side; fewer than asked if there are fewer. */
export function conflictGrid(dataset: ImageDataset, options: { pairs: number }): ImageGrid {
  const first = new Map<number, number>();
  const rows: number[] = [];
  for (const [row, group] of findDuplicateGroups(dataset).entries()) {
    const copy = first.get(group);
    if (copy === undefined) first.set(group, row);
    else if (dataset.labels[copy] !== dataset.labels[row] && rows.length < 2 * options.pairs)
      rows.push(copy, row);
  }
  return {
    title: titledFor(`Exact copies with two labels${rows.length ? '' : ': none'}`, dataset),
    images: copyImages(dataset, rows),
    columns: Math.max(2, Math.min(8, rows.length)),
    captions: rows.map((row) => dataset.spec.classes[dataset.labels[row]!]!),
    ...basics(dataset),
  };
}

/** What a gallery shows: one change, or all together. */
export type GalleryChange = keyof AugmentationRanges | 'all';

const LEVELS = [-1, -0.5, 0, 0.5, 1];

/** The change of an image at a level between -1 and 1 of its range, with its caption. */
function changeAt(
  change: Exclude<GalleryChange, 'all'>,
  level: number,
  { ranges, side }: { ranges: AugmentationRanges; side: number },
): [Augmentation, string] {
  const signed = (value: number, digits: number) => (value > 0 ? '+' : '') + value.toFixed(digits);
  switch (change) {
    case 'rotationDegrees': {
      const rotationDegrees = level * ranges.rotationDegrees;
      return [{ ...UNCHANGED, rotationDegrees }, `${signed(rotationDegrees, 0)}°`];
    }
    case 'flip':
      return level > 0 ? [{ ...UNCHANGED, isFlipped: ranges.flip }, 'mirrored'] : [UNCHANGED, 'as it is'];
    case 'shiftFraction': {
      const shiftX = level * ranges.shiftFraction * side;
      return [{ ...UNCHANGED, shiftX }, `${signed(shiftX, 1)} px`];
    }
    case 'zoomFraction': {
      const zoom = 1 + level * ranges.zoomFraction;
      return [{ ...UNCHANGED, zoom }, `x ${zoom.toFixed(2)}`];
    }
    case 'brightnessFraction': {
      const brightness = 1 + level * ranges.brightnessFraction;
      return [{ ...UNCHANGED, brightness }, `x ${brightness.toFixed(2)}`];
    }
    case 'contrastFraction': {
      const contrast = 1 + level * ranges.contrastFraction;
      return [{ ...UNCHANGED, contrast }, `x ${contrast.toFixed(2)}`];
    }
    case 'cutoutPixels': {
      const corner = Math.round(((level + 1) / 2) * (side - ranges.cutoutPixels));
      return [{ ...UNCHANGED, cutout: { x: corner, y: corner, size: ranges.cutoutPixels } }, `at ${corner}`];
    }
  }
}

function render(dataset: ImageDataset, row: number, augmentation: Augmentation): Uint8Array {
  const size = pixelsPerImage(dataset.spec);
  const target = new Float32Array(size);
  applyAugmentation(augmentation, {
    source: dataset.images,
    sourceOffset: row * size,
    sourceSide: dataset.spec.side,
    target,
    targetOffset: 0,
  });
  return Uint8Array.from(target, (value) => Math.round(255 * value));
}

export interface GalleryOptions {
  readonly ranges: AugmentationRanges;
  readonly seed: number;
}

/** Two training images under one change, from one end of its range to the other. */
export function augmentationGallery(
  dataset: ImageDataset,
  change: Exclude<GalleryChange, 'all'>,
  options: GalleryOptions,
): ImageGrid {
  const levels = change === 'flip' ? [0, 1] : LEVELS;
  const changes = levels.map((level) =>
    changeAt(change, level, { ranges: options.ranges, side: dataset.spec.side }),
  );
  const rows = [3, 5].flatMap((label) => drawRows(dataset, label, { count: 1, seed: options.seed }));
  const images = rows.flatMap((row) => changes.map(([augmentation]) => render(dataset, row, augmentation)));
  return {
    title: titledFor(GALLERY_TITLES[change], dataset),
    images: Buffer.concat(images),
    columns: changes.length,
    captions: rows.flatMap(() => changes.map(([, caption]) => caption)),
    ...basics(dataset),
  };
}

const GALLERY_TITLES: Readonly<Record<Exclude<GalleryChange, 'all'>, string>> = {
  rotationDegrees: 'Rotation',
  flip: 'Horizontal flip',
  shiftFraction: 'Shift',
  zoomFraction: 'Zoom',
  brightnessFraction: 'Brightness',
  contrastFraction: 'Contrast',
  cutoutPixels: 'Cutout',
};

/** One training image (first column) as it looks in the following epochs, under all changes together. */
export function epochGallery(dataset: ImageDataset, options: GalleryOptions & { epochs: number }): ImageGrid {
  const { ranges, seed, epochs } = options;
  const rows = [0, 3, 5].flatMap((label) => drawRows(dataset, label, { count: 1, seed }));
  const images = rows.flatMap((row) =>
    Array.from({ length: epochs + 1 }, (_, epoch) => {
      const stream = randomStream(seed, 'augment', epoch - 1, row);
      return render(
        dataset,
        row,
        drawAugmentation(epoch === 0 ? NO_AUGMENTATION : ranges, stream, dataset.spec.side),
      );
    }),
  );
  const captions = Array.from({ length: epochs + 1 }, (_, epoch) =>
    epoch === 0 ? 'original' : `epoch ${epoch}`,
  );
  return {
    title: titledFor('What the network sees', dataset),
    images: Buffer.concat(images),
    columns: epochs + 1,
    captions: rows.flatMap(() => captions),
    ...basics(dataset),
  };
}

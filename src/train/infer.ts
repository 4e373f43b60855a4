import { applyAugmentation } from '../augment/apply';
import { UNCHANGED } from '../augment/ranges';
import { IMAGE_PIXELS, type ImageDataset } from '../dataset/dataset';
import type { Network } from '../engine/network';
import type { TestTimeViews } from './config';

/** Images that are normalised and predicted at once. */
const CHUNK = 256;
/** Shift of the shifted views in pixels. */
const SHIFT = 2;

interface View {
  readonly isFlipped: boolean;
  readonly shiftX: number;
  readonly shiftY: number;
}

function viewsOf(name: TestTimeViews): View[] {
  const shifts =
    name === 'mirror-and-shifts'
      ? [
          [0, 0],
          [SHIFT, 0],
          [-SHIFT, 0],
          [0, SHIFT],
          [0, -SHIFT],
        ]
      : [[0, 0]];
  const flips = name === 'single' ? [false] : [false, true];
  return flips.flatMap((isFlipped) =>
    shifts.map(([shiftX, shiftY]) => ({ isFlipped, shiftX: shiftX!, shiftY: shiftY! })),
  );
}

/**
 * Class probabilities [rows.length, classes] of some images, averaged over the views.
 * @param rows which images of the dataset
 */
export function predictRows(
  network: Network,
  dataset: Pick<ImageDataset, 'images'>,
  rows: Uint32Array,
  views: TestTimeViews = 'single',
): Float32Array {
  const { classes } = network.definition;
  const result = new Float32Array(rows.length * classes);
  const buffer = new Float32Array(CHUNK * IMAGE_PIXELS);
  const all = viewsOf(views);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.subarray(start, start + CHUNK);
    for (const view of all) {
      const images = fill(buffer, dataset, some, view);
      const probabilities = network.predict(images);
      for (let i = 0; i < probabilities.length; i++)
        result[start * classes + i]! += probabilities[i]! / all.length;
    }
  }
  return result;
}

function fill(
  buffer: Float32Array,
  dataset: Pick<ImageDataset, 'images'>,
  rows: Uint32Array,
  view: View,
): Float32Array {
  for (const [i, row] of rows.entries()) {
    applyAugmentation(
      { ...UNCHANGED, ...view },
      {
        source: dataset.images,
        sourceOffset: row * IMAGE_PIXELS,
        target: buffer,
        targetOffset: i * IMAGE_PIXELS,
      },
    );
  }
  return buffer.subarray(0, rows.length * IMAGE_PIXELS);
}

/** Mean negative log probability of the labels. @param probabilities [labels.length, classes] */
export function crossEntropy(probabilities: Float32Array, labels: Uint8Array): number {
  const classes = probabilities.length / labels.length;
  let sum = 0;
  for (const [i, label] of labels.entries())
    sum -= Math.log(Math.max(probabilities[i * classes + label]!, 1e-12));
  return sum / labels.length;
}

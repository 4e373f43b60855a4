import { setImmediate } from 'node:timers/promises';
import { applyAugmentation } from '../augment/apply';
import type { Augmentation } from '../augment/ranges';
import { type TestTimeViews, viewsOf } from '../augment/views';
import type { Images } from '../dataset/dataset';
import { type PixelRows, pixelsOf } from '../dataset/image-source';
import { pixelsPerImage } from '../dataset/spec';
import type { Network } from '../engine/network';

/** Images that are normalised and predicted at once. */
const CHUNK = 256;

/**
 * Class probabilities [rows.length, classes] of some images, averaged over the views. An image has the same ones, to the
 * bit, whatever the others are.
 * @param rows which images of the dataset
 */
export function predictRows(
  network: Network,
  dataset: Images,
  rows: Uint32Array,
  views: TestTimeViews = 'single',
): Float32Array {
  return toEnd(predictInPieces(network, dataset, rows, { views, isPadded: true }));
}

/**
 * As {@link predictRows}, quicker for less than a batch of 64 images, but the last bits hang on how many there are.
 */
export function predictFew(
  network: Network,
  dataset: Images,
  rows: Uint32Array,
  views: TestTimeViews,
): Float32Array {
  return toEnd(predictInPieces(network, dataset, rows, { views, isPadded: false }));
}

function toEnd<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

export interface PatientOptions {
  readonly views: TestTimeViews;
  readonly signal?: AbortSignal;
}

/** As {@link predictRows}, letting other work through between batches; null when the signal stopped it. */
export async function predictPatiently(
  network: Network,
  dataset: Images,
  rows: Uint32Array,
  { views, signal }: PatientOptions,
): Promise<Float32Array | null> {
  const work = predictInPieces(network, dataset, rows, { views, isPadded: true });
  while (!signal?.aborted) {
    const { done, value } = work.next();
    if (done) return value;
    await setImmediate();
  }
  return null;
}

function* predictInPieces(
  network: Network,
  dataset: Images,
  rows: Uint32Array,
  { views, isPadded }: { views: TestTimeViews; isPadded: boolean },
): Generator<undefined, Float32Array> {
  const { classes } = network.definition;
  const result = new Float32Array(rows.length * classes);
  const buffer = new Float32Array(Math.min(CHUNK, rows.length) * pixelsPerImage(dataset.spec));
  const all = viewsOf(views);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.subarray(start, start + CHUNK);
    const pixels = pixelsOf(dataset, some);
    for (const view of all) {
      const probabilities = network.predict(
        fill(buffer, pixels, { count: some.length, side: dataset.spec.side, view }),
        { isPadded },
      );
      for (const [i, probability] of probabilities.entries())
        result[start * classes + i]! += probability / all.length;
      yield;
    }
  }
  return result;
}

function fill(
  target: Float32Array,
  pixels: PixelRows,
  { count, side, view }: { count: number; side: number; view: Augmentation },
): Float32Array {
  const size = side * side;
  for (let i = 0; i < count; i++) {
    const from = { source: pixels.bytes, sourceOffset: pixels.offset(i), sourceSide: side };
    applyAugmentation(view, { ...from, target, targetOffset: i * size });
  }
  return target.subarray(0, count * size);
}

/** The labels of some rows. */
export function labelsOf(dataset: { readonly labels: Uint8Array }, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => dataset.labels[row]!);
}

import { setImmediate } from 'node:timers/promises';
import { applyAugmentation } from '../augment/apply';
import type { Augmentation } from '../augment/ranges';
import { type TestTimeViews, viewsOf } from '../augment/views';
import type { Images } from '../dataset/dataset';
import { type PixelRows, pixelsOf } from '../dataset/image-source';
import type { PredictingNetwork } from '../engine/inference-network';

/** Images that are normalised and predicted at once. */
const CHUNK = 256;

/**
 * Class probabilities [rows.length, classes] of some images, averaged over the views. An image has the same ones, to the
 * bit, whatever the others are.
 * @param rows which images of the dataset
 */
export function predictRows(
  network: PredictingNetwork,
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
  network: PredictingNetwork,
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
  network: PredictingNetwork,
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
  network: PredictingNetwork,
  dataset: Images,
  rows: Uint32Array,
  { views, isPadded }: { views: TestTimeViews; isPadded: boolean },
): Generator<undefined, Float32Array> {
  const { classes } = network.definition;
  const result = new Float32Array(rows.length * classes);
  const all = viewsOf(views);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const some = rows.subarray(start, start + CHUNK);
    const means = result.subarray(start * classes, (start + some.length) * classes);
    const pixels = pixelsOf(dataset, some);
    // Batches that are filled up anyway hold several views of a few images.
    const together = isPadded ? Math.floor(CHUNK / some.length) : 1;
    for (let first = 0; first < all.length; first += together) {
      const seen = all.slice(first, first + together);
      const images = seeAll(pixels, { count: some.length, side: dataset.spec.side, views: seen });
      for (const [i, probability] of network.predict(images, { isPadded }).entries())
        means[i % means.length]! += probability / all.length;
      yield;
    }
  }
  return result;
}

/** Some images in one view after the other: [views, count, side, side]. */
function seeAll(
  pixels: PixelRows,
  { count, side, views }: { count: number; side: number; views: readonly Augmentation[] },
): Float32Array {
  const size = side * side;
  const target = new Float32Array(views.length * count * size);
  for (const [v, view] of views.entries())
    for (let i = 0; i < count; i++) {
      const from = { source: pixels.bytes, sourceOffset: pixels.offset(i), sourceSide: side };
      applyAugmentation(view, { ...from, target, targetOffset: (v * count + i) * size });
    }
  return target;
}

/** The labels of some rows. */
export function labelsOf(dataset: { readonly labels: Uint8Array }, rows: Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => dataset.labels[row]!);
}

/** Levels of a picture with interleaved channels, 0 to 255, rows from the top. */
export interface Raster {
  readonly pixels: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** How a sample weighs its neighbours: the name that sharp has for it. */
export type Kernel = 'lanczos3' | 'linear';

/**
 * Scales a picture as libvips does for sharp: the height, then the width. For places where sharp does not run; both agree
 * within a few levels.
 */
export function resample(
  picture: Raster,
  { width, height }: { width: number; height: number },
  kernel: Kernel,
): Raster {
  if (picture.width === width && picture.height === height) return picture;
  const high = scaleHeight(picture, height, kernel);
  const { pixels, channels } = transpose(scaleHeight(transpose(high), width, kernel));
  return {
    pixels: pixels instanceof Float32Array ? Uint8ClampedArray.from(pixels) : pixels,
    width,
    height,
    channels,
  };
}

/** Rows on the way; the levels of an enlarged picture are not rounded yet and may lie outside 0 to 255. */
type Rows = Omit<Raster, 'pixels'> & { readonly pixels: Raster['pixels'] | Float32Array };

/** Factor up to which a kernel makes a picture smaller; larger factors begin with plain means. */
const LARGEST_FACTOR = 2;

function scaleHeight(picture: Rows, height: number, kernel: Kernel): Rows {
  const factor = picture.height / height;
  if (factor === 1) return picture;
  const block = Math.max(1, Math.floor(factor / LARGEST_FACTOR));
  const source = block > 1 ? meanRows(picture, block) : picture;
  const step = factor / block;
  const stride = source.width * source.channels;
  const pixels = new (step < 1 ? Float32Array : Uint8ClampedArray)(height * stride);
  // libvips enlarges from the corners of pixels, and makes smaller from their middles.
  const first = step < 1 ? -0.5 : 0.5 * step - 0.5;
  for (let row = 0; row < height; row++)
    weighRows(
      source,
      tapsAt(first + row * step, step, kernel),
      pixels.subarray(row * stride, (row + 1) * stride),
    );
  return { ...source, pixels, height };
}

/** Means of blocks of rows; the last row stands for what misses in the last block. */
function meanRows({ pixels, width, height, channels }: Rows, block: number): Rows {
  const stride = width * channels;
  const count = Math.ceil(height / block);
  const means = new Uint8Array(count * stride);
  const sums = new Uint32Array(stride);
  for (let row = 0; row < count; row++) {
    sums.fill(block >> 1); // half of the divisor, so that the quotient is rounded
    for (let i = 0; i < block; i++) {
      const from = Math.min(height - 1, row * block + i) * stride;
      for (let x = 0; x < stride; x++) sums[x]! += pixels[from + x]!;
    }
    for (let x = 0; x < stride; x++) means[row * stride + x] = sums[x]! / block;
  }
  return { pixels: means, width, height: count, channels };
}

/** Which rows make a row, and with which weights, which add up to 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Places between two rows that are told apart. */
const PLACES = 64;

function tapsAt(exact: number, step: number, kernel: Kernel): Taps {
  const place = Math.round(exact * PLACES) / PLACES;
  const { reach, weigh } = (step < 1 ? ENLARGING : SHRINKING)[kernel];
  const spread = Math.max(1, step);
  const first = Math.ceil(place - reach * spread);
  const last = Math.floor(place + reach * spread);
  const weights = Array.from({ length: last - first + 1 }, (_, i) => weigh((first + i - place) / spread));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: weights.map((weight) => weight / total) };
}

/** Adds rows by their weights; beyond the edge, the row at the edge is repeated. */
function weighRows({ pixels, height }: Rows, { first, weights }: Taps, target: Rows['pixels']): void {
  const sums = new Float32Array(target.length);
  for (const [i, weight] of weights.entries()) {
    const from = Math.min(height - 1, Math.max(0, first + i)) * sums.length;
    for (let x = 0; x < sums.length; x++) sums[x]! += weight * pixels[from + x]!;
  }
  if (target instanceof Float32Array) target.set(sums);
  else for (let x = 0; x < sums.length; x++) target[x] = Math.floor(sums[x]! + 0.5); // clamped, halves go up
}

interface Filter {
  /** Distance beyond which all weights are 0, in samples of the smaller picture. */
  readonly reach: number;
  weigh(distance: number): number;
}

const triangle: Filter = { reach: 1, weigh: (x) => Math.max(0, 1 - Math.abs(x)) };

const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

const lanczos3: Filter = { reach: 3, weigh: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) };

/** Catmull and Rom's, with which libvips enlarges where it makes smaller with Lanczos's. */
const cubic: Filter = {
  reach: 2,
  weigh: (x) => {
    const d = Math.abs(x);
    if (d >= 2) return 0;
    return d < 1 ? 1.5 * d ** 3 - 2.5 * d ** 2 + 1 : -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2;
  },
};

const SHRINKING: Readonly<Record<Kernel, Filter>> = { lanczos3, linear: triangle };
const ENLARGING: Readonly<Record<Kernel, Filter>> = { lanczos3: cubic, linear: triangle };

/** Rows become columns. */
function transpose({ pixels, width, height, channels }: Rows): Rows {
  const turned = new (pixels instanceof Float32Array ? Float32Array : Uint8ClampedArray)(pixels.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        turned[(x * height + y) * channels + c] = pixels[(y * width + x) * channels + c]!;
  return { pixels: turned, width: height, height: width, channels };
}

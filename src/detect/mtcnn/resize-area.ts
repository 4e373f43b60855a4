// Scaling by areas as OpenCV's INTER_AREA computes it: MTCNN's published results come from it.

/** Pixels with interleaved channels. */
export interface Pixels {
  readonly values: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const CHANNELS = 3;

/** Which source samples make a target sample, and with which weight; `starts` has one more entry than targets. */
interface Taps {
  readonly starts: Int32Array;
  readonly sources: number[];
  readonly weights: number[];
}

/**
 * Scales a picture of three channels to `size`.
 * @param isRounded to whole numbers, as OpenCV treats bytes
 * @returns [height, width, 3]
 */
export function resizeArea(picture: Pixels, size: Size, isRounded: boolean): Float32Array {
  const shrinks = size.width <= picture.width && size.height <= picture.height;
  const taps = shrinks ? areaTaps : linearTaps;
  const across = taps(picture.width, size.width);
  const down = taps(picture.height, size.height);
  const result = new Float32Array(size.width * size.height * CHANNELS);
  const rows = new RowCache(picture, across, size.width);
  for (let y = 0; y < size.height; y++) {
    const target = result.subarray(y * size.width * CHANNELS, (y + 1) * size.width * CHANNELS);
    for (let tap = down.starts[y]!; tap < down.starts[y + 1]!; tap++)
      addWeighted(target, rows.at(down.sources[tap]!), down.weights[tap]!);
  }
  if (isRounded) roundAll(result, halves(picture.width, size.width) && halves(picture.height, size.height));
  return result;
}

/** Source rows that are scaled across already: neighbouring target rows share some. */
class RowCache {
  readonly #rows = new Map<number, Float32Array>();

  constructor(
    readonly picture: Pixels,
    readonly across: Taps,
    readonly width: number,
  ) {}

  at(y: number): Float32Array {
    const known = this.#rows.get(y);
    if (known) return known;
    for (const old of this.#rows.keys()) if (old < y - 1) this.#rows.delete(old);
    const row = scaleRow(this.picture, y, this.across, this.width);
    this.#rows.set(y, row);
    return row;
  }
}

function scaleRow(
  { values, width: sourceWidth }: Pixels,
  y: number,
  taps: Taps,
  width: number,
): Float32Array {
  const { starts, sources, weights } = taps;
  const row = new Float32Array(width * CHANNELS);
  const start = y * sourceWidth * CHANNELS;
  for (let x = 0; x < width; x++) {
    let [red, green, blue] = [0, 0, 0];
    for (let tap = starts[x]!; tap < starts[x + 1]!; tap++) {
      const at = start + sources[tap]! * CHANNELS;
      const weight = weights[tap]!;
      red += values[at]! * weight;
      green += values[at + 1]! * weight;
      blue += values[at + 2]! * weight;
    }
    row[x * CHANNELS] = red;
    row[x * CHANNELS + 1] = green;
    row[x * CHANNELS + 2] = blue;
  }
  return row;
}

function addWeighted(target: Float32Array, row: Float32Array, weight: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += row[i]! * weight;
}

/** Each target sample is the mean of the source interval that it covers. */
function areaTaps(source: number, target: number): Taps {
  const scale = source / target;
  const taps = new TapList(target);
  for (let i = 0; i < target; i++) {
    const [from, to] = [i * scale, i * scale + scale];
    const cell = Math.min(scale, source - from);
    const last = Math.min(Math.floor(to), source - 1);
    const first = Math.min(Math.ceil(from), last);
    if (first - from > 1e-3) taps.add(first - 1, (first - from) / cell);
    for (let s = first; s < last; s++) taps.add(s, 1 / cell);
    if (to - last > 1e-3) taps.add(last, Math.min(to - last, 1, cell) / cell);
    taps.close(i);
  }
  return taps;
}

/** Enlarging: between two source samples only where a target sample covers both. */
function linearTaps(source: number, target: number): Taps {
  const inverse = target / source;
  const taps = new TapList(target);
  for (let i = 0; i < target; i++) {
    const s = Math.floor(i / inverse);
    const reach = Math.fround(i + 1 - (s + 1) * inverse);
    const share = reach <= 0 ? 0 : reach - Math.floor(reach);
    if (s >= source - 1) taps.add(source - 1, 1);
    else {
      taps.add(s, 1 - share);
      taps.add(s + 1, share);
    }
    taps.close(i);
  }
  return taps;
}

class TapList implements Taps {
  readonly starts: Int32Array;
  readonly sources: number[] = [];
  readonly weights: number[] = [];

  constructor(targets: number) {
    this.starts = new Int32Array(targets + 1);
  }

  add(source: number, weight: number): void {
    this.sources.push(source);
    this.weights.push(Math.fround(weight));
  }

  close(target: number): void {
    this.starts[target + 1] = this.sources.length;
  }
}

const halves = (source: number, target: number) => source === 2 * target;

/** To whole numbers, halves to the even one, or all of them up, as OpenCV does where it halves a picture. */
function roundAll(values: Float32Array, isUp: boolean): void {
  for (let i = 0; i < values.length; i++) {
    const rounded = Math.round(values[i]!);
    const isOdd = rounded - values[i]! === 0.5 && rounded % 2 !== 0;
    values[i] = isOdd && !isUp ? rounded - 1 : rounded;
  }
}

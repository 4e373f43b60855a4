import { type Candidate, heightOf, widthOf } from './candidates';
import type { Size } from './enlarge';
import type { AreaScaler } from './resize-area';

const CHANNELS = 3;

/** The networks take levels of -1 to 1, columns first, since they were trained in Matlab. */
const toInput = (level: number) => (level - 127.5) / 128;

/** The whole picture in another size as `pnet` takes it, [width, height, 3]; levels are whole numbers, as OpenCV has bytes. */
export function scaleWhole(scaler: AreaScaler, size: Size): Float32Array {
  const { width, height } = scaler.picture;
  const values = scaler.scale({ left: 0, top: 0, width, height }, size);
  const round = halves(width, size.width) && halves(height, size.height) ? Math.round : halvesToEven;
  for (let i = 0; i < values.length; i++) values[i] = toInput(round(values[i]!));
  return values;
}

const halves = (source: number, target: number) => source === 2 * target;

/** OpenCV rounds halves to the even number, except where it halves a picture: there they go up. */
function halvesToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** The candidates' pixels as one batch [count, side, side, 3]. */
export function cutAll(scaler: AreaScaler, candidates: readonly Candidate[], side: number): Float32Array {
  const size = side * side * CHANNELS;
  const batch = new Float32Array(candidates.length * size);
  for (const [i, candidate] of candidates.entries()) {
    // Corners are counted from 1, as the original does.
    const [left, top] = [candidate.left - 1, candidate.top - 1];
    const region = {
      left,
      top,
      width: Math.max(1, widthOf(candidate)),
      height: Math.max(1, heightOf(candidate)),
    };
    batch.set(scaler.scale(region, { width: side, height: side }), i * size);
  }
  for (let i = 0; i < batch.length; i++) batch[i] = toInput(batch[i]!);
  return batch;
}

import { attribute, DTYPE } from '../attribute';
import type { Device, NativeTensor } from '../device';
import { firstOf, reshape } from './shape';

/** Uniform random bytes, drawn four at a time; the same for the same pair of keys. */
export function randomBytes(
  device: Device,
  shape: readonly number[],
  keys: readonly [number, number],
): NativeTensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const seed = device.upload(Int32Array.from(keys), [2]);
  const words = device.run(
    'StatelessRandomUniformFullInt',
    [
      attribute.type('dtype', DTYPE.int32),
      attribute.type('T', DTYPE.int32),
      attribute.type('Tseed', DTYPE.int32),
    ],
    [device.constant('int32', [Math.ceil(size / 4)]), seed],
  );
  seed.release();
  const quadruples = device.run(
    'Bitcast',
    [attribute.type('T', DTYPE.int32), attribute.type('type', DTYPE.uint8)],
    [words],
  );
  words.release();
  const bytes = reshape(quadruples, [quadruples.size]);
  quadruples.release();
  const enough = bytes.size === size ? bytes.retain() : firstOf(bytes, size);
  bytes.release();
  const shaped = reshape(enough, shape);
  enough.release();
  return shaped;
}

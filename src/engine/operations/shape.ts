import { attribute, DTYPE } from '../attribute';
import type { Device, NativeTensor } from '../device';
import { typeOf } from './attributes';

/** Converts to another element type; bfloat16 rounds to nearest even. */
export function cast(x: NativeTensor, dtype: number): NativeTensor {
  return x.device.run(
    'Cast',
    [attribute.type('SrcT', x.dtype), attribute.type('DstT', dtype), attribute.bool('Truncate', false)],
    [x],
  );
}

/** Takes over `x` and returns it in another element type. */
export function convert(x: NativeTensor, dtype: number): NativeTensor {
  if (x.dtype === dtype) return x;
  const converted = cast(x, dtype);
  x.release();
  return converted;
}

/** The same elements under another shape; no copy. */
export function reshape(x: NativeTensor, shape: readonly number[]): NativeTensor {
  return x.device.run(
    'Reshape',
    [typeOf(x), attribute.type('Tshape', DTYPE.int32)],
    [x, x.device.constant('int32', shape)],
  );
}

/** The first `size` elements of a vector. */
export function firstOf(x: NativeTensor, size: number): NativeTensor {
  const { device } = x;
  return device.run(
    'Slice',
    [typeOf(x), attribute.type('Index', DTYPE.int32)],
    [x, device.constant('int32', [0]), device.constant('int32', [size])],
  );
}

/** The axes in another order. @param order the old axis at each place */
export function transpose(x: NativeTensor, order: readonly number[]): NativeTensor {
  const attributes = [typeOf(x), attribute.type('Tperm', DTYPE.int32)];
  return x.device.run('Transpose', attributes, [x, x.device.constant('int32', order)]);
}

/** float32 zeros. */
export function zerosOf(device: Device, shape: readonly number[]): NativeTensor {
  const attributes = [attribute.type('T', DTYPE.float32), attribute.type('index_type', DTYPE.int32)];
  return device.run('Fill', attributes, [
    device.constant('int32', shape),
    device.constant('float32', [0], []),
  ]);
}

/** Joins along an axis, the last unless given. */
export function concat(parts: readonly NativeTensor[], axis = parts[0]!.shape.length - 1): NativeTensor {
  const { device, dtype } = parts[0]!;
  const attributes = [
    attribute.type('T', dtype),
    attribute.int('N', parts.length),
    attribute.type('Tidx', DTYPE.int32),
  ];
  return device.run('ConcatV2', attributes, [...parts, device.constant('int32', [axis], [])]);
}

/** Takes an axis, the last unless given, apart into pieces of the given lengths; the inverse of {@link concat}. */
export function split(
  x: NativeTensor,
  lengths: readonly number[],
  axis = x.shape.length - 1,
): NativeTensor[] {
  const { device } = x;
  return device.execute(
    'SplitV',
    [typeOf(x), attribute.int('num_split', lengths.length), attribute.type('Tlen', DTYPE.int32)],
    [x, device.constant('int32', lengths), device.constant('int32', [axis], [])],
    lengths.length,
  );
}

import { attribute, DTYPE } from '../attribute';
import type { NativeTensor } from '../device';
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

/** Joins along the last axis. */
export function concat(parts: readonly NativeTensor[]): NativeTensor {
  const { device, dtype, shape } = parts[0]!;
  const attributes = [
    attribute.type('T', dtype),
    attribute.int('N', parts.length),
    attribute.type('Tidx', DTYPE.int32),
  ];
  return device.run('ConcatV2', attributes, [...parts, device.constant('int32', [shape.length - 1], [])]);
}

/** Takes the last axis apart into pieces of the given widths; the inverse of {@link concat}. */
export function split(x: NativeTensor, widths: readonly number[]): NativeTensor[] {
  const { device } = x;
  return device.execute(
    'SplitV',
    [typeOf(x), attribute.int('num_split', widths.length), attribute.type('Tlen', DTYPE.int32)],
    [x, device.constant('int32', widths), device.constant('int32', [x.shape.length - 1], [])],
    widths.length,
  );
}

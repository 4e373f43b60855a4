import { attribute, DTYPE } from '../attribute';
import type { Device, NativeTensor } from '../device';
import { typeOf } from './attributes';
import { cast } from './shape';

const binary = (name: string) => (a: NativeTensor, b: NativeTensor) =>
  a.device.run(name, [typeOf(a)], [a, b]);

export const addTensors = binary('AddV2');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('RealDiv');
export const greaterEqual = binary('GreaterEqual');

/** Where two tensors are equal, as bool. */
export function equal(a: NativeTensor, b: NativeTensor): NativeTensor {
  return a.device.run('Equal', [typeOf(a), attribute.bool('incompatible_shape_error', true)], [a, b]);
}

function reduction(name: string) {
  return (x: NativeTensor, axes: readonly number[], keepAxes = false): NativeTensor =>
    x.device.run(
      name,
      [typeOf(x), attribute.type('Tidx', DTYPE.int32), attribute.bool('keep_dims', keepAxes)],
      [x, x.device.constant('int32', axes)],
    );
}

export const reduceMax = reduction('Max');
export const reduceMean = reduction('Mean');
export const reduceSum = reduction('Sum');

export function rectify(x: NativeTensor): NativeTensor {
  return x.device.run('Relu', [typeOf(x)], [x]);
}

/** dy where y > 0, else 0; `y` may be the input or the output of {@link rectify}. */
export function reluGradient(dy: NativeTensor, y: NativeTensor): NativeTensor {
  return dy.device.run('ReluGrad', [typeOf(dy)], [dy, y]);
}

/** Product of two matrices, each transposed first if asked. */
export function matMul(
  a: NativeTensor,
  b: NativeTensor,
  transpose: { a?: boolean; b?: boolean } = {},
): NativeTensor {
  return a.device.run(
    'MatMul',
    [
      typeOf(a),
      attribute.bool('transpose_a', transpose.a ?? false),
      attribute.bool('transpose_b', transpose.b ?? false),
    ],
    [a, b],
  );
}

/** A constant number of the given element type, made once for each device. */
export function scalar(device: Device, value: number, dtype: number): NativeTensor {
  return device.cached(`scalar:${dtype}:${value}`, () => {
    const single = device.constant('float32', [value], []);
    return dtype === DTYPE.float32 ? single.retain() : cast(single, dtype);
  });
}

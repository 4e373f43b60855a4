import { DTYPE, type NativeTensor } from '../device';
import { cast } from '../operations';
import type { Variable } from '../variable';

/** A weight in the element type of the feature maps; the float32 original takes the updates. */
export class WorkingCopy {
  constructor(
    readonly variable: Variable,
    readonly dtype: number,
  ) {}

  /** Calls `fn` with the weight's present value. */
  use<T>(fn: (value: NativeTensor) => T): T {
    const value = convert(this.variable.read(), this.dtype);
    const result = fn(value);
    value.release();
    return result;
  }

  /** Takes over a gradient of any element type. */
  setGradient(gradient: NativeTensor): void {
    this.variable.setGradient(convert(gradient, DTYPE.float32));
  }
}

/** Takes over `tensor` and returns it in another element type. */
export function convert(tensor: NativeTensor, dtype: number): NativeTensor {
  if (tensor.dtype === dtype) return tensor;
  const converted = cast(tensor, dtype);
  tensor.release();
  return converted;
}

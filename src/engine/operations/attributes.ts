import { attribute } from '../attribute';
import type { NativeTensor } from '../device';

// Each function in this folder is one TensorFlow operation, or a few, under the field's name. Inputs stay the
// caller's; outputs are new tensors that the caller releases. The layout is NHWC throughout.

export const NHWC = attribute.string('data_format', 'NHWC');

/** The attribute that tells an operation the element type of `tensor`. */
export const typeOf = (tensor: NativeTensor) => attribute.type('T', tensor.dtype);

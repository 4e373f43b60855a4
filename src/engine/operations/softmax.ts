import type { NativeTensor } from '../device';
import { typeOf } from './attributes';

/** Loss of each row, shape [b], and its gradient by the logits, shape [b, classes]; targets are distributions. */
export function softmaxCrossEntropy(
  logits: NativeTensor,
  targets: NativeTensor,
): { loss: NativeTensor; gradient: NativeTensor } {
  const [loss, gradient] = logits.device.execute(
    'SoftmaxCrossEntropyWithLogits',
    [typeOf(logits)],
    [logits, targets],
    2,
  );
  return { loss: loss!, gradient: gradient! };
}

import type { NativeTensor } from '../device';
import { typeOf } from './attributes';

/** Probabilities from logits, over the last axis. */
export function softmax(logits: NativeTensor): NativeTensor {
  return logits.device.run('Softmax', [typeOf(logits)], [logits]);
}

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

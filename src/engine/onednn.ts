import { type Attribute, attribute, DTYPE, ONEDNN_KERNEL } from './attribute';
import type { Binding } from './binding';

/** Whether oneDNN's kernels can be called by name: its max-pooling of one pixel runs. */
export function canPoolWithOneDnn(binding: Binding): boolean {
  const window = attribute.int('ksize', [1, 1, 1, 1]);
  const attributes = [
    attribute.type('T', DTYPE.float32),
    window,
    { ...window, name: 'strides' },
    attribute.string('padding', 'VALID'),
    ONEDNN_KERNEL,
  ];
  return canRun(binding, '_MklNativeMaxPool', attributes, [1, 1, 1, 1], 2);
}

/** Whether the addon passes lists on as attributes, which the set-up teaches it. */
export function takesLists(binding: Binding): boolean {
  return canRun(binding, 'IdentityN', [attribute.types('T', [DTYPE.float32])], [], 1);
}

/** Runs an operation on a tensor of one zero, and frees what it makes. */
function canRun(
  binding: Binding,
  operation: string,
  attributes: readonly Attribute[],
  shape: readonly number[],
  outputs: number,
): boolean {
  const input = binding.createTensor(shape, DTYPE.float32, new Float32Array(1));
  try {
    for (const { id } of binding.executeOp(operation, attributes, [input], outputs)) binding.deleteTensor(id);
    return true;
  } catch {
    return false;
  } finally {
    binding.deleteTensor(input);
  }
}

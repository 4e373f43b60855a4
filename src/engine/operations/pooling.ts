import { type Attribute, attribute, ONEDNN_KERNEL } from '../attribute';
import type { NativeTensor } from '../device';
import { NHWC, typeOf } from './attributes';

/** Windows of a pooling, in pixels. */
export interface PoolingWindow {
  readonly size: number;
  readonly stride: number;
}

function poolAttributes(x: NativeTensor, { size, stride }: PoolingWindow): Attribute[] {
  return [
    typeOf(x),
    attribute.int('ksize', [1, size, size, 1]),
    attribute.int('strides', [1, stride, stride, 1]),
    attribute.string('padding', 'VALID'),
    NHWC,
  ];
}

const KEEP_POSITIONS = attribute.bool('workspace_enabled', true);

/** Largest value of each window; `positions`, where oneDNN can tell, says in its own form where it stood. */
export function maxPool(
  x: NativeTensor,
  window: PoolingWindow,
): { y: NativeTensor; positions: NativeTensor | null } {
  const attributes = poolAttributes(x, window);
  if (!x.device.hasOneDnn) return { y: x.device.run('MaxPool', attributes, [x]), positions: null };
  const [y, positions] = x.device.execute(
    '_MklNativeMaxPool',
    [...attributes, KEEP_POSITIONS, ONEDNN_KERNEL],
    [x],
    2,
  );
  return { y: y!, positions: positions! };
}

/** Gradient of {@link maxPool}: all of it goes to the first of the largest values of a window. */
export function maxPoolGradient(
  dy: NativeTensor,
  pooled: { x: NativeTensor; y: NativeTensor; positions: NativeTensor | null },
  window: PoolingWindow,
): NativeTensor {
  const { x, y, positions } = pooled;
  const attributes = poolAttributes(x, window);
  if (!positions) return dy.device.run('MaxPoolGrad', attributes, [x, y, dy]);
  return dy.device.run(
    '_MklNativeMaxPoolGrad',
    [...attributes, KEEP_POSITIONS, ONEDNN_KERNEL],
    [x, y, dy, positions],
  );
}

/** Enlarges to [b, height, width, c] by repeating pixels. */
export function upsampleNearest(x: NativeTensor, height: number, width: number): NativeTensor {
  return x.device.run(
    'ResizeNearestNeighbor',
    [typeOf(x), attribute.bool('align_corners', false), attribute.bool('half_pixel_centers', false)],
    [x, x.device.constant('int32', [height, width])],
  );
}

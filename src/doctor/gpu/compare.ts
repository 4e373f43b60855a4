import type { Precision } from '../../engine/network';
import type { Probe } from './probe';

/**
 * Largest relative difference of a step's loss that two devices may show. GPUs round factors of convolutions to ten bits
 * (TensorFloat-32) and bfloat16 has seven; each step carries the differences of those before it.
 */
export const LOSS_BOUNDS: Readonly<Record<Precision, number>> = { float32: 0.02, bfloat16: 0.1 };

/** One training on both devices. */
export interface DeviceComparison {
  readonly model: Probe['model'];
  readonly precision: Precision;
  readonly cpuImagesPerSecond: number;
  readonly gpuImagesPerSecond: number;
  /** Largest relative difference of a step's loss. */
  readonly difference: number;
  readonly bound: number;
  readonly agrees: boolean;
}

/**
 * Compares a training with the same in float32 on the CPU, which is the reference for each precision: not every CPU computes
 * in bfloat16.
 */
export function compareProbes(reference: Probe, probe: Probe): DeviceComparison {
  const differences = reference.losses.map((loss, i) => Math.abs(probe.losses[i]! - loss) / loss);
  const difference = Math.max(...differences);
  const bound = LOSS_BOUNDS[probe.precision];
  return {
    model: probe.model,
    precision: probe.precision,
    cpuImagesPerSecond: reference.imagesPerSecond,
    gpuImagesPerSecond: probe.imagesPerSecond,
    difference,
    bound,
    agrees: difference <= bound,
  };
}

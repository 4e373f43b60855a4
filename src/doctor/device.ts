import { existsSync } from 'node:fs';
import type * as Tfjs from '@tensorflow/tfjs-node';
import { usableCores } from '../engine/cores';
import { type DoctorCheck, type DoctorOutcome, failed, passed } from './check';

/** Side of the square matrices that are multiplied. */
const SIDE = 1024;
const REPEATS = 7;

export interface DeviceFacts {
  readonly usesGpu: boolean;
  readonly hasNvidiaGpu: boolean;
  /** `$FERLAB_DEVICE`: what the user asked for. */
  readonly asked: string | undefined;
  /** Speed of a float32 matrix product, in thousand million operations a second. */
  readonly gflops: number;
  /** Processor cores that can be used. */
  readonly cores: number;
}

/** Judges the device on which TensorFlow computes: one that was asked for and is not used is an error. */
export function judgeDevice({ usesGpu, hasNvidiaGpu, asked, gflops, cores }: DeviceFacts): DoctorOutcome {
  const used = usesGpu ? 'gpu' : 'cpu';
  const count = cores === 1 ? '1 core' : `${cores} cores`;
  const detail = `${used.toUpperCase()}, ${count}, ${gflops.toFixed(0)} GFLOP/s in a ${SIDE} x ${SIDE} product`;
  if (asked && asked !== used) {
    return failed(
      `FERLAB_DEVICE asks for ${asked}, but TensorFlow computes on the ${detail}`,
      asked === 'gpu'
        ? 'check that nvidia-smi lists the GPU, then run `FERLAB_DEVICE=gpu npm run setup`; or unset FERLAB_DEVICE'
        : `run \`FERLAB_DEVICE=${asked} npm run setup\``,
    );
  }
  if (!asked && hasNvidiaGpu && !usesGpu)
    return failed(
      `there is an NVIDIA GPU, but TensorFlow computes on the ${detail}`,
      'run `npm run setup` and check that nvidia-smi works; or set FERLAB_DEVICE=cpu to compute on the CPU',
    );
  return passed(detail);
}

async function device(): Promise<DoctorOutcome> {
  const tf = await import('@tensorflow/tfjs-node');
  const backend = tf.backend() as unknown as { isUsingGpuDevice?: boolean };
  return judgeDevice({
    usesGpu: backend.isUsingGpuDevice === true,
    hasNvidiaGpu: existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/version'),
    asked: process.env.FERLAB_DEVICE,
    gflops: timedProduct(tf),
    cores: usableCores(),
  });
}

/** The best of several products, in GFLOP/s; the sums are checked, so that they are really computed. */
function timedProduct(tf: typeof Tfjs): number {
  const ones = tf.ones([SIDE, SIDE]);
  let best = Number.POSITIVE_INFINITY;
  try {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const started = performance.now();
      const first = tf.tidy(() => ones.matMul(ones).dataSync()[0]);
      best = Math.min(best, performance.now() - started);
      if (first !== SIDE) throw new Error(`a product of ones gave ${first} instead of ${SIDE}`);
    }
  } finally {
    ones.dispose();
  }
  return (2 * SIDE ** 3) / (best * 1e6);
}

export const deviceChecks: readonly DoctorCheck[] = [{ name: 'device', run: device }];

import * as tf from '@tensorflow/tfjs-node';
import { FER2013 } from '../src/dataset/specs/fer2013';
import { modelSize } from '../src/engine/describe';
import { benchmarkCnn } from '../src/model/benchmark-cnn';

/** Side of the square matrices. */
const SIDE = 2048;

/** Peak of the float32 matrix product in GFLOP/s: the best of `repeats`. */
export function measureMatmul(repeats: number): number {
  return tf.tidy(() => {
    const a = tf.randomNormal([SIDE, SIDE], 0, 1, 'float32', 1);
    tf.matMul(a, a).dataSync();
    let best = 0;
    for (let i = 0; i < repeats; i++) {
      const start = process.hrtime.bigint();
      tf.matMul(a, a).dataSync();
      best = Math.max(best, (2 * SIDE ** 3) / Number(process.hrtime.bigint() - start));
    }
    return best;
  });
}

/** Training images a second that the peak allows: three passes of two operations for each multiply-add. */
export function trainingBound(gigaflops: number): number {
  return (gigaflops * 1e9) / (6 * modelSize(benchmarkCnn(FER2013)).multiplyAdds);
}

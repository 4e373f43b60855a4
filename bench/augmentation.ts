import { augmentBatch } from '../src/augment/batch';
import { buildSample } from '../src/dataset/sample';
import { PAPER_AUGMENTATION } from '../src/run/profiles';

/** Images a second that all five changes are applied to, on one core: the best of `repeats`. */
export function measureAugmentation(repeats: number): number {
  const dataset = buildSample({ seed: 0 });
  const rows = Uint32Array.from({ length: dataset.count }, (_, row) => row);
  const target = new Float32Array(rows.length * 48 * 48);
  let best = 0;
  for (let epoch = 0; epoch < repeats; epoch++) {
    const start = process.hrtime.bigint();
    augmentBatch(dataset, rows, target, { ranges: PAPER_AUGMENTATION, seed: 1, epoch });
    best = Math.max(best, rows.length / (Number(process.hrtime.bigint() - start) / 1e9));
  }
  return best;
}

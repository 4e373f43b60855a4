import { applyAugmentation } from '../../../augment/apply';
import { viewsOf } from '../../../augment/views';
import type { EmotionClassifier } from '../../../predict/recognize';
import { applyTemperature } from '../../../predict/temperature';
import type { LiveNetwork } from './messages';
import { openOnnx } from './runtime';

/** Opens the published network: the mean over its views, calibrated, as the commands compute it. */
export async function openLiveClassifier({
  classes,
  side,
  temperature,
  views,
  model,
}: LiveNetwork): Promise<EmotionClassifier> {
  const network = await openOnnx(model);
  const all = viewsOf(views);
  const size = side * side;
  const predict = async (images: Uint8Array, count: number) => {
    const input = new Float32Array(all.length * count * size);
    for (const [v, view] of all.entries())
      for (let i = 0; i < count; i++) {
        const from = { source: images, sourceOffset: i * size, sourceSide: side };
        applyAugmentation(view, { ...from, target: input, targetOffset: (v * count + i) * size });
      }
    const { probabilities } = await network.run(input, [all.length * count, side, side, 1]);
    const means = meanOfViews(probabilities!.data as Float32Array, all.length);
    return applyTemperature(means, temperature, classes.length);
  };
  return { classes, side, predict };
}

/** @param probabilities [views, count * classes] */
function meanOfViews(probabilities: Float32Array, views: number): Float32Array {
  const means = new Float32Array(probabilities.length / views);
  for (const [i, probability] of probabilities.entries()) means[i % means.length]! += probability / views;
  return means;
}

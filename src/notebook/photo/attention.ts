import { Network } from '../../engine/network';
import { enlargeMap, rankCorrelation } from '../../explain/heat';
import { occlusionMap } from '../../explain/occlusion';
import { buildModel } from '../../model/models';
import { normalize } from '../../preprocess/normalize';
import type { PlotlyFigure } from '../../report/figure';
import { type Panel, plotPanels } from '../../report/figures/panels';
import type { FaceReader } from './face-reader';
import type { Stages } from './stages';

/**
 * What speaks for the most probable class: Grad-CAM of the trained network, the same with random weights (a map that stays the
 * same shows the image, not what was learnt), and how much probability is lost where a grey square covers a part.
 */
export function plotAttention(
  { image, photograph, probabilities }: Stages,
  reader: FaceReader,
): PlotlyFigure {
  const { side, classes } = reader.classifier;
  const [emotion] = Object.entries(probabilities).reduce((best, entry) =>
    entry[1] > best[1] ? entry : best,
  );
  const label = classes.indexOf(emotion);
  const input = normalize(image);
  const trained = enlargeMap(reader.explained.gradCam(input, label), side);
  const random = enlargeMap(randomMap(reader, input, label), side);
  const occluded = occlusionMap(input, (images, count) => predictLevels(reader, images, count), {
    ...{ side, classes: classes.length, label },
  });
  const square = (title: string, values: ArrayLike<number>, colours: Panel['colours']): Panel => ({
    ...{ title, values, colours, width: side, height: side },
  });
  const agreement = rankCorrelation(trained, random).toFixed(2);
  return plotPanels({
    heading: {
      title: `What speaks for ${emotion}`,
      subtitle: `${photograph.name}; rank correlation of the maps of trained and random weights: ${agreement}`,
    },
    panels: [
      square('what the network sees', image, 'grey'),
      square('Grad-CAM', trained, 'heat'),
      square('Grad-CAM, random weights', random, 'heat'),
      square('occlusion: lost probability', occluded, 'signed'),
    ],
    showsPeople: photograph.showsPeople,
  });
}

function randomMap({ run, explain }: FaceReader, input: Float32Array, label: number) {
  const definition = buildModel(run.record.config.model, run.record.dataset);
  const network = Network.build(definition, { seed: 1 });
  const explained = explain(network.weights());
  network.dispose();
  try {
    return explained.gradCam(input, label);
  } finally {
    explained.dispose();
  }
}

/** Occlusion changes levels in [0, 1]; the classifier takes them from 0 to 255. */
function predictLevels({ classifier }: FaceReader, images: Float32Array, count: number): Float32Array {
  return classifier.predict(
    Uint8Array.from(images, (level) => Math.round(255 * level)),
    count,
    'exact',
  );
}

import { detectFaces, openDetector } from '../../detect/detect-faces';
import { DEFAULT_DETECTOR, type Face } from '../../detect/face';
import { regionOf } from '../../detect/face-region';
import { FerlabError } from '../../errors';
import type { FeatureMaps } from '../../explain/explained-network';
import { normalize } from '../../preprocess/normalize';
import { prepareRegion } from '../../preprocess/prepare-picture';
import { cutRegion } from '../../preprocess/region';
import type { PlotlyFigure } from '../../report/figure';
import { type Panel, plotPanels } from '../../report/figures/panels';
import type { FaceReader } from './face-reader';
import { scaleBox } from './found-faces';
import { type Photograph, panelOf } from './photograph';

/** A face on its way from a photograph to probabilities. */
export interface Stages {
  readonly photograph: Photograph;
  readonly face: Face;
  /** What the network sees: grey levels [side, side]. */
  readonly image: Uint8Array;
  /** Calibrated, by class. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/**
 * Takes the surest face of a photograph through every stage.
 * @throws FerlabError when no face is found
 */
export async function followFace(photograph: Photograph, reader: FaceReader): Promise<Stages> {
  const detector = await openDetector(DEFAULT_DETECTOR);
  try {
    const [face] = await detectFaces(photograph.picture, detector);
    if (!face)
      throw new FerlabError(`${photograph.name}: no face was found`, {
        remedy: 'take a picture in which a face is turned to the camera and well lit',
      });
    const region = regionOf(face, DEFAULT_DETECTOR);
    const image = await prepareRegion(photograph.picture, region, reader.classifier.side);
    return { photograph, face, image, probabilities: reader.read(image) };
  } finally {
    detector.dispose();
  }
}

/**
 * The paper's Figure 1 with real contents: photograph and box, the levelled crop, the grey image, the strongest map after each
 * block of the network, and the probabilities.
 */
export async function plotStages(stages: Stages, reader: FaceReader): Promise<PlotlyFigure> {
  const { photograph, face, image, probabilities } = stages;
  const { picture, name, showsPeople } = photograph;
  const { side } = reader.classifier;
  const whole = await panelOf(picture, 'photograph');
  const crop = await panelOf(cutRegion(picture, regionOf(face, DEFAULT_DETECTOR)), 'face, eyes level');
  const grey = { values: image, width: side, height: side, colours: 'grey' } as const;
  const panels: Panel[] = [
    { ...whole.panel, frames: [scaleBox(face.box, whole.factor)] },
    crop.panel,
    { ...grey, title: `grey, ${side}x${side}` },
    ...blockMaps(image, reader),
  ];
  const heading = {
    title: 'Fig. 1. From a photograph to an emotion',
    subtitle: `${name}; activations and probabilities of ${reader.run.record.config.model}, seed ${reader.run.record.config.seed}`,
  };
  return plotPanels({ heading, panels, shares: probabilities, showsPeople });
}

/** The map with the largest sum after each block: after each pooling, and the last. */
function blockMaps(image: Uint8Array, { explained }: FaceReader): Panel[] {
  const { layerNames } = explained;
  const layers = [...layerNames.filter((name) => name.startsWith('maxPool')), layerNames.at(-1)!];
  const input = normalize(image);
  return layers.map((layer, i) => strongest(explained.featureMaps(input, layer), i + 1));
}

function strongest({ values, height, width, channels }: FeatureMaps, block: number): Panel {
  const sums = new Float64Array(channels);
  for (const [i, value] of values.entries()) sums[i % channels]! += value;
  const channel = sums.indexOf(Math.max(...sums));
  const map = Float32Array.from({ length: height * width }, (_, i) => values[i * channels + channel]!);
  return { title: `block ${block}, ${width}x${height}`, values: map, width, height, colours: 'heat' };
}

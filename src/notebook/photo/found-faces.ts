import { detectFaces, openDetector } from '../../detect/detect-faces';
import { type Box, DETECTOR_NAMES, type DetectorName, type Face } from '../../detect/face';
import type { PlotlyFigure } from '../../report/figure';
import { plotPanels } from '../../report/figures/panels';
import { type Photograph, panelOf } from './photograph';

/** What a detector found in a photograph. */
export interface FoundFaces {
  readonly detector: DetectorName;
  readonly faces: readonly Face[];
  readonly milliseconds: number;
}

/** Searches a photograph with every detector; the first search, which warms up, is not timed. */
export async function findFaces({ picture }: Photograph): Promise<FoundFaces[]> {
  const found: FoundFaces[] = [];
  for (const name of DETECTOR_NAMES) {
    const detector = await openDetector(name);
    try {
      await detectFaces(picture, detector);
      const started = performance.now();
      const faces = await detectFaces(picture, detector);
      found.push({ detector: name, faces, milliseconds: Math.round(performance.now() - started) });
    } finally {
      detector.dispose();
    }
  }
  return found;
}

/** A photograph once for each detector, with the boxes that it found. */
export async function plotFoundFaces(
  { picture, name, showsPeople }: Photograph,
  found: readonly FoundFaces[],
): Promise<PlotlyFigure> {
  const panels = [];
  for (const { detector, faces, milliseconds } of found) {
    const count = faces.length === 1 ? '1 face' : `${faces.length} faces`;
    const { panel, factor } = await panelOf(picture, `${detector}: ${count}, ${milliseconds} ms`);
    panels.push({ ...panel, frames: faces.map(({ box }) => scaleBox(box, factor)) });
  }
  const heading = { title: 'What the detectors find', subtitle: name };
  return plotPanels({ heading, panels, showsPeople });
}

/** Multiplies every length of a box. */
export const scaleBox = ({ x, y, width, height }: Box, factor: number): Box => ({
  ...{ x: x * factor, y: y * factor },
  ...{ width: width * factor, height: height * factor },
});

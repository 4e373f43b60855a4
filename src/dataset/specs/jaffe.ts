import type { DatasetSpec } from '../spec';

/** What the second group of a name such as `KA.AN1.39.tiff` stands for. */
const CODES: Readonly<Record<string, string>> = {
  AN: 'Anger',
  DI: 'Disgust',
  FE: 'Fear',
  HA: 'Happiness',
  SA: 'Sadness',
  SU: 'Surprise',
  NE: 'Neutral',
};

const NAME = /(?:^|[\\/])([A-Z]{2})\.([A-Z]{2})\d*\.\d+\.\w+$/i;

/** Japanese Female Facial Expression: 213 pictures in which ten women pose seven expressions. */
export const JAFFE: DatasetSpec = {
  name: 'jaffe',
  title: 'JAFFE',
  classes: Object.values(CODES),
  // The paper's size; the files have 256x256.
  side: 48,
  parts: [],
  showsPeople: true,
  classOf: (path) => CODES[NAME.exec(path)?.[2]?.toUpperCase() ?? ''] ?? null,
  subjectOf: (path) => NAME.exec(path)?.[1]?.toUpperCase() ?? null,
  caveats: {
    labels:
      'The label is the expression that was asked for; other people rated how far each picture shows it.',
    images:
      'All faces are of ten Japanese women in a studio of the 1990s: nothing can be said about anybody else.',
  },
  citation: 'Lyons et al. 1998, Coding Facial Expressions with Gabor Wavelets, FG',
};

import type { DatasetSpec } from '../spec';

/** Extended Cohn-Kanade: sequences from a neutral face to a posed one, of 123 people in a studio. */
export const CK_PLUS: DatasetSpec = {
  name: 'ck-plus',
  title: 'CK+',
  // In the order of the codes of the table of 920 images.
  classes: ['Anger', 'Disgust', 'Fear', 'Happiness', 'Sadness', 'Surprise', 'Neutral', 'Contempt'],
  side: 48,
  parts: [],
  showsPeople: true,
  // Of the table; copies as folders hold three frames of each sequence and no neutral ones.
  officialCounts: [[45], [59], [25], [69], [28], [83], [593], [18]],
  subjectOf: (path) => /(?:^|[\\/])(S\d{3})_\d{3}_\d+/.exec(path)?.[1] ?? null,
  caveats: {
    labels:
      'The emotions were posed on request and checked against facial action units. Frames of one sequence are nearly equal.',
    images:
      'The faces are frontal, evenly lit and of adults, most of them young women. Folders hold no neutral faces.',
  },
  citation: 'Lucey et al. 2010, The Extended Cohn-Kanade Dataset (CK+), CVPR Workshops',
};

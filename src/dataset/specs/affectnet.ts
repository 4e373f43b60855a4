import type { DatasetSpec } from '../spec';

/** AffectNet, the half that people labelled, with its eight emotions: faces found in the web by words for emotions. */
export const AFFECTNET: DatasetSpec = {
  name: 'affectnet',
  title: 'AffectNet',
  classes: ['Neutral', 'Happy', 'Sad', 'Surprise', 'Fear', 'Disgust', 'Anger', 'Contempt'],
  // The paper's size; the published files have 224x224.
  side: 48,
  parts: [
    { name: 'train', role: 'training' },
    // The makers keep their test part: everybody tests on this one.
    { name: 'val', role: 'test' },
  ],
  showsPeople: true,
  officialCounts: [
    [74_874, 500],
    [134_415, 500],
    [25_459, 500],
    [14_090, 500],
    [6378, 500],
    [3803, 500],
    [24_882, 500],
    [3750, 500],
  ],
  caveats: {
    labels: 'The label is the choice of one of twelve people; two of them agree on 61 % of the images.',
    images: 'The faces are from the web, found by words for emotions; who they are is not known.',
  },
  citation: 'Mollahosseini, Hasani and Mahoor 2017, AffectNet, IEEE Transactions on Affective Computing',
};

import type { DatasetSpec } from '../spec';

/** Real-world Affective Faces, the single-label half: faces from the web, each labelled by about forty people. */
export const RAF_DB: DatasetSpec = {
  name: 'raf-db',
  title: 'RAF-DB',
  classes: ['Surprise', 'Fear', 'Disgust', 'Happiness', 'Sadness', 'Anger', 'Neutral'],
  firstNumber: 1,
  // The paper's size; the aligned files have 100x100.
  side: 48,
  parts: [
    { name: 'train', role: 'training' },
    { name: 'test', role: 'test' },
  ],
  showsPeople: true,
  officialCounts: [
    [1290, 329],
    [281, 74],
    [717, 160],
    [4772, 1185],
    [1982, 478],
    [705, 162],
    [2524, 680],
  ],
  classList: {
    file: 'list_patition_label.txt',
    // The list names the originals: train_00001.jpg for train_00001_aligned.jpg.
    entryOf: (file) => file.replace(/_aligned(?=\.\w+$)/i, ''),
  },
  caveats: {
    labels: 'The label is the choice of most of about forty people.',
    images: 'The faces are from the web, of all ages; who they are is not known.',
  },
  citation: 'Li, Deng and Du 2017, Reliable Crowdsourcing and Deep Locality-Preserving Learning, CVPR',
};

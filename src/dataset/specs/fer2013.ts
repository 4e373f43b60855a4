import type { DatasetSpec } from '../spec';
import { EVIDENCE_SIDE, EVIDENCE_WEIGHTS } from './fer2013-evidence';

/** The challenge of 2013 for which it was made. */
const CHALLENGE = 'challenges-in-representation-learning-facial-expression-recognition-challenge';

/** FER-2013: 35,887 faces found on the web by search words, labelled by the word and screened by people. */
export const FER2013 = {
  name: 'fer2013',
  title: 'FER-2013',
  classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
  side: 48,
  parts: [
    { name: 'Training', role: 'training' },
    { name: 'PublicTest', role: 'validation' },
    { name: 'PrivateTest', role: 'test' },
  ],
  showsPeople: true,
  officialCounts: [
    [3995, 467, 491],
    [436, 56, 55],
    [4097, 496, 528],
    [7215, 895, 879],
    [4830, 653, 594],
    [3171, 415, 416],
    [4965, 607, 626],
  ],
  genuine: {
    // Of fer2013.csv with the MD5 f8428a1edbd21e88f42c73edd2a14f95, which torchvision checks too.
    content: '9631e285f959a067332002e8153d0607d812894f06b08213da1d809a15afa98a',
  },
  classEvidence: { side: EVIDENCE_SIDE, weights: EVIDENCE_WEIGHTS },
  files: {
    variable: 'FER2013',
    tables: ['fer2013.csv', 'icml_face_data.csv'],
    unlabelled: ['test.csv', 'example_submission.csv'],
    archive: 'fer2013.tar.gz',
    inFolder: [
      'fer2013.csv',
      'fer2013/fer2013.csv',
      'fer2013.csv.gz',
      'icml_face_data.csv',
      'icml_face_data.csv.gz',
      'fer2013.tar.gz',
      'fer2013.zip',
      'fer2013.csv.zip',
      'archive.zip',
      `${CHALLENGE}.zip`,
    ],
  },
  kaggle: { competition: CHALLENGE, file: 'fer2013.tar.gz' },
  votes: {
    files: ['ferplus-votes.csv', 'fer2013new.csv'],
    choices: ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise', 'neutral'],
  },
  caveats: {
    labels:
      'The labels are the search terms that found the pictures on the web; people screened them afterwards. Ten raters labelled the images again for FER+. Two of these raters agree in 61.0 % of the pairs (68.3 % among votes for the seven emotions). One rater agrees with the majority of the others in 70.2 % of the images.',
    images:
      'The faces are posed and spontaneous, and their origin is unknown. There are no labels for age, sex or skin colour, so differences between groups cannot be measured. Disgust has few images and wide intervals.',
  },
  citation: 'Goodfellow et al. 2013, Challenges in Representation Learning, arXiv 1307.0414',
} as const satisfies DatasetSpec;

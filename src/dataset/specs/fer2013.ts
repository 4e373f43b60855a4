import type { DatasetSpec } from '../spec';
import { EVIDENCE_SIDE, EVIDENCE_WEIGHTS } from './fer2013-evidence';

/** FER-2013: 35,887 faces found on the web by search words, labelled by the word and screened by people. */
export const FER2013 = {
  name: 'fer2013',
  title: 'FER-2013',
  classes: ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'],
  otherNames: {
    anger: 'Angry',
    disgusted: 'Disgust',
    fearful: 'Fear',
    happiness: 'Happy',
    sadness: 'Sad',
    surprised: 'Surprise',
    suprise: 'Surprise',
    neutrality: 'Neutral',
  },
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
    // fer2013.csv and icml_face_data.csv, as torchvision checks them too.
    csvMd5: ['f8428a1edbd21e88f42c73edd2a14f95', 'b114b9e04e6949e5fe8b6a98b3892b1d'],
    content: '9631e285f959a067332002e8153d0607d812894f06b08213da1d809a15afa98a',
  },
  classEvidence: { side: EVIDENCE_SIDE, weights: EVIDENCE_WEIGHTS },
  citation: 'Goodfellow et al. 2013, Challenges in Representation Learning, arXiv 1307.0414',
} as const satisfies DatasetSpec;

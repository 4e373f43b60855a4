import type { DatasetSpec } from '../spec';

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
  citation: 'Goodfellow et al. 2013, Challenges in Representation Learning, arXiv 1307.0414',
} as const satisfies DatasetSpec;

import type { DatasetSpec } from '../spec';
import { FER2013 } from './fer2013';

/** The images of FER-2013 under the labels that ten people gave them again (FER+). */
export const FERPLUS: DatasetSpec = {
  name: 'ferplus',
  title: 'FER+',
  // The order of the choices in the file of votes.
  classes: ['Neutral', 'Happiness', 'Surprise', 'Sadness', 'Anger', 'Disgust', 'Fear', 'Contempt'],
  side: FER2013.side,
  parts: FER2013.parts,
  showsPeople: FER2013.showsPeople,
  relabels: FER2013,
  files: FER2013.files,
  caveats: {
    labels:
      'The label is the choice of most of ten people. Images on which two choices lead, or most saw no face or could not tell, are left out.',
    images: FER2013.caveats.images,
  },
  citation:
    'Barsoum et al. 2016, Training Deep Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution, ICMI',
};

import { FER2013 } from './specs/fer2013';

/** The seven classes of FER-2013, in the order of the labels 0 to 6 of `fer2013.csv`. */
export const EMOTIONS = FER2013.classes;

export type Emotion = (typeof EMOTIONS)[number];

/** Number of classes. */
export const EMOTION_COUNT = EMOTIONS.length;

/** The rows of the paper's Tables I to IV, top to bottom: its name for the class and the label. */
export const PAPER_ROWS: readonly { readonly name: string; readonly label: number }[] = [
  { name: 'Happiness', label: 3 },
  { name: 'Sadness', label: 4 },
  { name: 'Anger', label: 0 },
  { name: 'Fear', label: 2 },
  { name: 'Disgust', label: 1 },
  { name: 'Surprise', label: 5 },
  { name: 'Neutral', label: 6 },
];

import { EMOTIONS } from '../dataset/emotions';

/** What a model file says of itself: the classes in the order of the probabilities, and what it takes. */
export const METADATA = {
  classes: EMOTIONS.join(','),
  input: 'grey levels of one cropped face, divided by 255; [batch, height, width, 1]',
  output: 'probabilities of the classes; not for judging people',
} as const;

/** Names of emotions in lower case, with the noun that the smaller data sets use. */
export const EMOTION_NOUNS: Readonly<Record<string, string>> = {
  angry: 'Anger',
  disgusted: 'Disgust',
  fearful: 'Fear',
  afraid: 'Fear',
  happy: 'Happiness',
  sad: 'Sadness',
  surprised: 'Surprise',
  suprise: 'Surprise',
  neutrality: 'Neutral',
};

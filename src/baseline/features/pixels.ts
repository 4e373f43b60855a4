import type { FeatureExtractor } from './feature';

/** The grey levels themselves, as shares of white: [0, 1]. */
export const PIXELS: FeatureExtractor = {
  width: (side) => side * side,
  extract(image, _side, target) {
    for (let i = 0; i < image.length; i++) target[i] = image[i]! / 255;
  },
};

import { randomStream } from '../../random';
import {
  type FeatureExtractor,
  type FeatureLearner,
  type FeatureMatrix,
  type ImageBatch,
  rowOf,
} from './feature';
import { denseSift, gridCentres, SIFT_WIDTH } from './sift';
import { learnVocabulary, nearestWord, squaredNorms } from './vocabulary';

const WORDS = 128;
/** Descriptors that the vocabulary is learnt from. */
const LEARNT_FROM = 20_000;
/** Regions along a side, level by level: the whole image, quarters, ninths. */
const LEVELS = [1, 2, 3];
const REGIONS = LEVELS.reduce((sum, along) => sum + along * along, 0);

/**
 * Dense SIFT as bags of visual words (Csurka et al. 2004) in a spatial pyramid (Lazebnik, Schmid and Ponce 2006): each
 * descriptor counts as the nearest of 128 words, in the whole image and in the quarter and the ninth of the grid in which
 * it lies. 1,792 numbers, each the root of a share of its region. The words come from training images alone.
 */
export const VISUAL_WORDS: FeatureLearner = {
  learn(images, seed) {
    const { values } = learnVocabulary(drawDescriptors(images, seed), { words: WORDS, seed });
    return [{ name: 'vocabulary', shape: [WORDS, SIFT_WIDTH], values }];
  },
  extractor(weights) {
    const { values } = weights('vocabulary');
    return wordCounter({ values, count: values.length / SIFT_WIDTH, width: SIFT_WIDTH });
  },
};

/** Some descriptors of training images, drawn with replacement; one image gives one descriptor at a time. */
function drawDescriptors({ pixels, count, side }: ImageBatch, seed: number): FeatureMatrix {
  const stream = randomStream(seed, 'descriptors');
  const perImage = gridCentres(side).length ** 2;
  const drawn = Math.min(LEARNT_FROM, count * perImage);
  const each = Math.ceil(drawn / count);
  const values = new Float32Array(drawn * SIFT_WIDTH);
  const order = stream.shuffle(Uint32Array.from({ length: count }, (_, i) => i));
  for (let filled = 0, at = 0; filled < drawn; at++) {
    const offset = pixels.offset(order[at]!);
    const descriptors = denseSift(pixels.bytes.subarray(offset, offset + side * side), side);
    for (let k = 0; k < each && filled < drawn; k++, filled++) {
      const one = stream.integer(perImage) * SIFT_WIDTH;
      values.set(descriptors.subarray(one, one + SIFT_WIDTH), filled * SIFT_WIDTH);
    }
  }
  return { values, count: drawn, width: SIFT_WIDTH };
}

/** Counts the words of a vocabulary in each region. */
export function wordCounter(vocabulary: FeatureMatrix): FeatureExtractor {
  const norms = squaredNorms(vocabulary);
  const { count: words } = vocabulary;
  return {
    width: () => REGIONS * words,
    extract(image, side, target) {
      target.fill(0);
      const along = gridCentres(side).length;
      const sizes = new Uint32Array(REGIONS);
      const values = denseSift(image, side);
      const descriptors = { values, count: along * along, width: SIFT_WIDTH };
      for (let i = 0; i < descriptors.count; i++) {
        const word = nearestWord(vocabulary, norms, rowOf(descriptors, i));
        for (const region of regionsOf(Math.floor(i / along), i % along, along)) {
          target[region * words + word]!++;
          sizes[region]!++;
        }
      }
      for (let i = 0; i < target.length; i++)
        target[i] = Math.sqrt(target[i]! / Math.max(1, sizes[Math.floor(i / words)]!));
    },
  };
}

/** The region of each level in which a place of the grid lies. */
function regionsOf(y: number, x: number, along: number): number[] {
  let first = 0;
  return LEVELS.map((parts) => {
    const region = first + Math.floor((y * parts) / along) * parts + Math.floor((x * parts) / along);
    first += parts * parts;
    return region;
  });
}

import type { FeatureClassifier, Settings } from './classifiers/classifier';
import { LINEAR_SVM, type SvmSettings } from './classifiers/linear-svm';
import { MAJORITY } from './classifiers/majority';
import { NEAREST_MEAN } from './classifiers/nearest-mean';
import { type ForestSettings, RANDOM_FOREST } from './classifiers/random-forest';
import type { FeatureExtractor, Features } from './features/feature';
import { HOG } from './features/hog';
import { LBP } from './features/lbp';
import { networkFeatures } from './features/network-features';
import { PIXELS } from './features/pixels';
import { VISUAL_WORDS } from './features/visual-words';

/** A way to recognise classes without training a network. */
export interface BaselineMethod {
  /** What tables call it. */
  readonly title: string;
  readonly features: Features;
  readonly classifier: FeatureClassifier;
  /** What is tried; the validation part chooses. */
  readonly settings: readonly Settings[];
}

const NOTHING: FeatureExtractor = { width: () => 0, extract: () => {} };

const COSTS: readonly SvmSettings[] = [0.01, 0.1, 1].map((cost) => ({ cost }));
// Leaves of fewer images, or more trees, make files of many megabytes.
const LEAVES: readonly ForestSettings[] = [25, 10].map((leafImages) => ({ trees: 100, leafImages }));

const svm = (title: string, features: BaselineMethod['features']): BaselineMethod => ({
  title: `${title}, linear SVM`,
  features,
  classifier: LINEAR_SVM,
  settings: COSTS,
});

const forest = (title: string, features: BaselineMethod['features']): BaselineMethod => ({
  title: `${title}, random forest`,
  features,
  classifier: RANDOM_FOREST,
  settings: LEAVES,
});

/** All baselines, by their name in flags and records. */
export const BASELINES = {
  majority: { title: 'Shares of the classes', features: NOTHING, classifier: MAJORITY, settings: [{}] },
  'nearest-mean': { title: 'Nearest mean image', features: PIXELS, classifier: NEAREST_MEAN, settings: [{}] },
  'lbp-svm': svm('LBP', LBP),
  'lbp-forest': forest('LBP', LBP),
  'hog-svm': svm('HOG', HOG),
  'hog-forest': forest('HOG', HOG),
  'sift-svm': svm('SIFT words', VISUAL_WORDS),
  'sift-forest': forest('SIFT words', VISUAL_WORDS),
  'cnn-forest': forest('Features of light-cnn', networkFeatures('light-cnn-seed1', 'light-cnn')),
} satisfies Record<string, BaselineMethod>;

export type BaselineName = keyof typeof BASELINES;

export const BASELINE_NAMES = Object.keys(BASELINES) as BaselineName[];

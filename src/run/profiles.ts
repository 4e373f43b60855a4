import type { AugmentationRanges } from '../augment/ranges';
import { FerlabError } from '../errors';
import { checkConfig, type RunConfig } from './config';

/** The changes of the paper's Section III.2, with ranges of our choice. */
export const PAPER_AUGMENTATION: AugmentationRanges = {
  rotationDegrees: 10,
  flip: true,
  shiftFraction: 0.1,
  zoomFraction: 0.1,
  brightnessFraction: 0.2,
  contrastFraction: 0,
  cutoutPixels: 0,
};

/** Side of the images that the profiles are written for; for others their sides grow in proportion. */
const SIDE = 48;

const PAPER: RunConfig = {
  profile: 'paper',
  seed: 1,
  protocol: 'paper',
  model: 'paper-cnn',
  precision: 'auto',
  epochs: 24,
  batchSize: 128,
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 1e-2 },
  learningRate: 1e-3,
  schedule: 'one-cycle',
  labelSmoothing: 0,
  classWeights: 'none',
  averageDecay: 0.999,
  augmentation: PAPER_AUGMENTATION,
  imageSizes: [{ side: SIDE, share: 1 }],
  testTimeViews: 'single',
  patienceEpochs: 0,
};

/** Set before the first run; what its parts are worth by accuracy on PublicTest, studies/strong-cnn-ablations.json measures. */
const STRONG: RunConfig = {
  ...PAPER,
  profile: 'strong',
  protocol: 'official',
  model: 'strong-cnn',
  epochs: 90,
  batchSize: 128,
  optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
  learningRate: 0.1,
  labelSmoothing: 0.1,
  augmentation: {
    rotationDegrees: 15,
    flip: true,
    shiftFraction: 0.08,
    zoomFraction: 0.12,
    brightnessFraction: 0.2,
    contrastFraction: 0.2,
    cutoutPixels: 12,
  },
  imageSizes: [
    { side: 32, share: 0.4 },
    { side: 40, share: 0.3 },
    { side: SIDE, share: 0.3 },
  ],
  testTimeViews: 'mirror-and-shifts',
};

/** The presets: what `--profile` chooses from. */
const PROFILES = {
  /** The synthetic sample in under a minute: shows that everything works. */
  smoke: { ...PAPER, profile: 'smoke', protocol: 'official', epochs: 8, batchSize: 64, averageDecay: 0.95 },
  /** The user's data in some minutes: a real model, not converged. */
  quick: { ...PAPER, profile: 'quick', protocol: 'official', epochs: 6, batchSize: 64, averageDecay: 0.995 },
  /** The paper's protocol for hours: the published runs; their curves still rise at the end. */
  paper: PAPER,
  /** A stronger network, trained for hours. */
  strong: STRONG,
} satisfies Record<string, RunConfig>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/**
 * The configuration of a profile with some fields replaced.
 * @param side of the images that are trained on, in pixels
 * @throws FerlabError for an unknown profile or a field out of range
 */
export function buildConfig(profile: string, overrides: Partial<RunConfig> = {}, side = SIDE): RunConfig {
  const preset = (PROFILES as Record<string, RunConfig>)[profile];
  if (!preset) {
    throw new FerlabError(`unknown profile "${profile}"`, {
      remedy: `use one of ${PROFILE_NAMES.join(', ')}`,
    });
  }
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const imageSizes = preset.imageSizes.map((stage) => ({
    ...stage,
    side: Math.round((stage.side * side) / SIDE),
  }));
  return checkConfig({ ...preset, imageSizes, ...given }, `profile ${profile}`);
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildConfig } from '../../src/run/profiles';

// Published records name these profiles: whoever changes a number here changes what a name stands for.
const PAPER_AUGMENTATION = {
  rotationDegrees: 10,
  flip: true,
  shiftFraction: 0.1,
  zoomFraction: 0.1,
  brightnessFraction: 0.2,
  contrastFraction: 0,
  cutoutPixels: 0,
};
const PAPER = {
  profile: 'paper',
  seed: 1,
  protocol: 'paper',
  model: 'paper-cnn',
  precision: 'auto',
  epochs: 24,
  batchSize: 128,
  optimizer: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01 },
  learningRate: 0.001,
  schedule: 'one-cycle',
  labelSmoothing: 0,
  classWeights: 'none',
  averageDecay: 0.999,
  augmentation: PAPER_AUGMENTATION,
  imageSizes: [{ side: 48, share: 1 }],
  testTimeViews: 'single',
  patienceEpochs: 0,
};
const STRONG = {
  profile: 'strong',
  seed: 1,
  protocol: 'official',
  model: 'strong-cnn',
  precision: 'auto',
  epochs: 90,
  batchSize: 128,
  optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.0005 },
  learningRate: 0.1,
  schedule: 'one-cycle',
  labelSmoothing: 0.1,
  classWeights: 'none',
  averageDecay: 0.999,
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
    { side: 48, share: 0.3 },
  ],
  testTimeViews: 'mirror-and-shifts',
  patienceEpochs: 0,
};
const OFFICIAL = { ...PAPER, protocol: 'official', batchSize: 64 };

test('each profile stands for the same settings as ever', () => {
  assert.deepEqual(buildConfig('paper'), PAPER);
  assert.deepEqual(buildConfig('strong'), STRONG);
  assert.deepEqual(buildConfig('smoke'), { ...OFFICIAL, profile: 'smoke', epochs: 8, averageDecay: 0.95 });
  assert.deepEqual(buildConfig('quick'), { ...OFFICIAL, profile: 'quick', epochs: 6, averageDecay: 0.995 });
});

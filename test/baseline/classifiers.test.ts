import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeatureClassifier, Settings } from '../../src/baseline/classifiers/classifier';
import { LINEAR_SVM } from '../../src/baseline/classifiers/linear-svm';
import { MAJORITY } from '../../src/baseline/classifiers/majority';
import { NEAREST_MEAN } from '../../src/baseline/classifiers/nearest-mean';
import { RANDOM_FOREST } from '../../src/baseline/classifiers/random-forest';
import type { FeatureMatrix } from '../../src/baseline/features/feature';
import { weightsByName } from '../../src/engine/weights';
import { randomStream } from '../../src/random';
import { predictedClasses } from '../../src/run/predictions';
import { askPython } from './python';

const WIDTH = 6;
const CLASSES = 3;

/** Three overlapping clouds; the third class depends on a product, which no plane describes. */
function draw(count: number, seed: number) {
  const { normal, integer } = randomStream(seed, 'clouds');
  const values: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < count; i++) {
    const row = Array.from({ length: WIDTH }, normal);
    const label = integer(10) === 0 ? integer(CLASSES) : row[1]! * row[2]! > 0.4 ? 2 : row[0]! > 0 ? 1 : 0;
    values.push(...row);
    labels.push(label);
  }
  const features: FeatureMatrix = { values: Float32Array.from(values), count, width: WIDTH };
  return { features, labels: Uint8Array.from(labels), classes: CLASSES };
}

const rowsOf = ({ values }: FeatureMatrix) =>
  Array.from({ length: values.length / WIDTH }, (_, i) => [...values.subarray(i * WIDTH, (i + 1) * WIDTH)]);

const training = draw(600, 1);
const unseen = draw(2000, 2);
const COSTS = [0.01, 1];
const FOREST = { trees: 100, leafImages: 3 };

const reference = askPython<{
  planes: Record<string, number[][]>;
  forest: number[];
  nearestMean: number[];
}>('classifiers.py', {
  ...{ x: rowsOf(training.features), y: [...training.labels], test: rowsOf(unseen.features) },
  ...{ costs: COSTS, ...FOREST },
});

function predict(classifier: FeatureClassifier, settings: Settings, seed = 1) {
  const weights = classifier.fit(training, { settings, seed });
  const probabilities = classifier.predict(weightsByName(weights), unseen.features);
  return { weights, probabilities, classes: [...predictedClasses({ labels: unseen.labels, probabilities })] };
}

const accuracy = (classes: readonly number[]) =>
  classes.filter((label, i) => label === unseen.labels[i]).length / classes.length;

test('the planes of the linear SVM are those of LIBLINEAR', () => {
  for (const cost of COSTS) {
    const planes = LINEAR_SVM.fit(training, { settings: { cost }, seed: 1 })[0]!.values;
    const expected = reference.planes[cost]!.flat();
    const worst = Math.max(...planes.map((value, i) => Math.abs(value - expected[i]!)));
    assert.ok(worst < 5e-3, `cost ${cost}: a coefficient differs by ${worst}`);
  }
});

test('the forest recognises as many as that of scikit-learn', () => {
  const [ours, theirs] = [accuracy(predict(RANDOM_FOREST, FOREST).classes), accuracy(reference.forest)];
  // Two binomial standard errors of a difference of this size on 2,000 images that both look at.
  assert.ok(Math.abs(ours - theirs) < 0.02, `${ours} instead of ${theirs}`);
  assert.ok(ours > accuracy(predict(LINEAR_SVM, { cost: 1 }).classes) + 0.05, 'no plane can do that');
});

test('the same seed grows the same forest, another one another', () => {
  const [one, same, other] = [1, 1, 2].map(
    (seed) => predict(RANDOM_FOREST, { trees: 5, leafImages: 3 }, seed).probabilities,
  );
  assert.deepEqual(one, same);
  assert.notDeepEqual(one, other);
});

test('leaves hold as many images as asked for', () => {
  const weights = RANDOM_FOREST.fit(training, { settings: { trees: 1, leafImages: 600 }, seed: 1 });
  const shares = weightsByName(weights)('shares');
  assert.deepEqual(shares.shape, [1, CLASSES]); // a root that can't be divided
});

test('the nearest mean is as probable as by hand', () => {
  const matrix = (...values: number[]): FeatureMatrix => ({
    values: Float32Array.from(values),
    count: values.length,
    width: 1,
  });
  // Means 1 and 6; each training image lies 1 from its own, so that distances are in units of 1.
  const set = { features: matrix(0, 2, 5, 7), labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
  const weights = weightsByName(NEAREST_MEAN.fit(set, { settings: {}, seed: 1 }));
  const [first, second] = NEAREST_MEAN.predict(weights, matrix(3));
  assert.ok(Math.abs(first! - 1 / (1 + Math.exp(4 - 9))) < 1e-6, `${first}`);
  assert.ok(Math.abs(first! + second! - 1) < 1e-6);
});

test('the nearest mean is that of scikit-learn', () => {
  assert.deepEqual(predict(NEAREST_MEAN, {}).classes, reference.nearestMean);
});

test('the majority says the shares of the training images', () => {
  const { probabilities } = predict(MAJORITY, {});
  const share = (label: number) => training.labels.filter((own) => own === label).length / 600;
  for (const image of [0, 1999]) {
    for (let label = 0; label < CLASSES; label++)
      assert.ok(Math.abs(probabilities[image * CLASSES + label]! - share(label)) < 1e-6);
  }
});

test('probabilities add up to 1', () => {
  const all = [
    predict(MAJORITY, {}),
    predict(NEAREST_MEAN, {}),
    predict(LINEAR_SVM, { cost: 0.1 }),
    predict(RANDOM_FOREST, { trees: 7, leafImages: 1 }),
  ];
  for (const { probabilities } of all) {
    for (let at = 0; at < probabilities.length; at += CLASSES) {
      const sum = probabilities.subarray(at, at + CLASSES).reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
    }
  }
});

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { openCalibrated } from '../../src/predict/calibrated';
import { recognizePicture } from '../../src/predict/photo';
import { predictRun } from '../../src/predict/predict-run';
import { applyTemperature } from '../../src/predict/temperature';
import { loadNetwork, loadValidation } from '../../src/run/open-run';
import { trainRun } from '../../src/train/train';
import { temporaryFolder } from '../temporary';
import { predictPlain } from '../train/by-hand';
import { tinyConfig, tinyDataset } from '../train/tiny';
import { ferlabWith } from './ferlab';

const dataset = tinyDataset();
const PIXELS = 48 * 48;
const NAMES = ['Angry', 'Disgust', 'Fear', 'Happy', 'Sad', 'Surprise', 'Neutral'];

/** Probabilities with their logits divided by a temperature. */
function tempered(probabilities: readonly number[], temperature: number): number[] {
  const powers = probabilities.map((probability) => probability ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** The temperature of the least negative log-likelihood, by a golden-section search over its logarithm. */
function bestTemperature(probabilities: Float32Array, labels: Uint8Array): number {
  const cost = (logarithm: number) =>
    labels.reduce((sum, label, i) => {
      const some = tempered([...probabilities.subarray(7 * i, 7 * i + 7)], Math.exp(logarithm));
      return sum - Math.log(some[label]!);
    }, 0);
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.01), Math.log(100)];
  while (high - low > 1e-7) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

test('a ready crop is predicted to the bit as its row of the data is, in any company', async (t) => {
  const folder = temporaryFolder(t);
  const run = await trainRun(tinyConfig({ testTimeViews: 'mirror', epochs: 1 }), { dataset, folder });
  const rows = Uint32Array.from({ length: dataset.count }, (_, row) => row);
  const evaluated = predictRun(run, dataset, rows);
  const classifier = openCalibrated(run);
  const expected = applyTemperature(evaluated, classifier.temperature, 7);
  for (const row of [0, 5, dataset.count - 1]) {
    const image = dataset.images.slice(row * PIXELS, (row + 1) * PIXELS);
    const png = await sharp(image, { raw: { width: 48, height: 48, channels: 1 } })
      .png()
      .toBuffer();
    const { faces, detector } = await recognizePicture(png, 'crop', {
      classifier,
      detector: null,
    });
    assert.equal(detector, 'none');
    assert.deepEqual(faces[0]!.image, image);
    assert.deepEqual(
      Object.values(faces[0]!.probabilities),
      [...expected.subarray(7 * row, 7 * row + 7)],
      `row ${row}`,
    );
  }
  classifier.dispose();
});

test('predict gives the calibrated mean over the views of the run, picture by picture', async (t) => {
  const folder = temporaryFolder(t);
  const run = await trainRun(tinyConfig({ testTimeViews: 'mirror', epochs: 2, learningRate: 0.003 }), {
    dataset,
    folder,
  });
  const rows = Uint32Array.of(5, 40, 13);
  const paths = await Promise.all(
    [...rows].map(async (row) => {
      const path = join(folder, `${row}.png`);
      const pixels = dataset.images.slice(row * PIXELS, (row + 1) * PIXELS);
      await sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } }).toFile(path);
      return path;
    }),
  );
  const network = loadNetwork(run);
  const [plain, mirrored] = [false, true].map((isMirrored) =>
    predictPlain(network, dataset, rows, isMirrored),
  );
  network.dispose();
  const { probabilities, labels } = loadValidation(folder);
  const temperature = bestTemperature(probabilities, labels);
  assert.ok(Math.abs(Math.log(temperature)) > 0.05, `temperature ${temperature} changes little`);

  const json = ferlabWith({}, 'predict', '--run', folder, '--json', ...paths);
  assert.equal(json.status, 0, json.stderr);
  const { pictures } = JSON.parse(json.stdout);
  const text = ferlabWith({}, 'predict', '--run', folder, ...paths);
  const lines = text.stdout.trim().split('\n');
  for (const [i, path] of paths.entries()) {
    const mean = Array.from({ length: 7 }, (_, k) => (plain![7 * i + k]! + mirrored![7 * i + k]!) / 2);
    const expected = tempered(mean, temperature);
    const [face] = pictures[i].faces;
    assert.equal(pictures[i].detector, 'none', 'a ready crop');
    const found = NAMES.map((name) => face.probabilities[name]);
    for (const [k, value] of expected.entries())
      assert.ok(Math.abs(found[k] - value) < 1e-4, `${path}, ${NAMES[k]}: ${found[k]}, by hand ${value}`);
    const ranked = [...NAMES.keys()].sort((a, b) => expected[b]! - expected[a]!);
    assert.equal(face.emotion, NAMES[ranked[0]!]);
    const all = ranked.map((k) => `${NAMES[k]} ${(100 * expected[k]!).toFixed(1)} %`);
    assert.equal(lines[i]!.replace(/ \(decode.*$/, ''), `${path}: ${all.join(', ')}`);
  }
});

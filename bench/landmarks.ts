import { RANDOM_FOREST } from '../src/baseline/classifiers/random-forest';
import {
  batchOf,
  extractFeatures,
  type FeatureMatrix,
  type ImageBatch,
  rowOf,
} from '../src/baseline/features/feature';
import { networkFeatures } from '../src/baseline/features/network-features';
import { loadDataset } from '../src/dataset/load';
import { splitDataset } from '../src/dataset/split';
import { encodeMtcnn, OUTPUT } from '../src/detect/mtcnn/graph';
import { readOnnxWeights } from '../src/detect/mtcnn/weights';
import { readWeightFile } from '../src/detect/weight-files';
import { Device } from '../src/engine/device';
import { InferenceSession } from '../src/engine/inference-session';
import { weightsByName } from '../src/engine/weights';
import { wilsonInterval } from '../src/evaluate/intervals';
import { describeDifference } from '../src/evaluate/paired';
import { labelsOf } from '../src/predict/infer';
import { loadWeights, openNetworkRun } from '../src/run/open-run';
import { predictedClasses } from '../src/run/predictions';
import { modelFolder } from '../src/run/published-models';

// What five landmarks add to the features of a network: MTCNN's last network, which takes 48x48 pixels, sees each crop of
// FER-2013 whole. A forest is fitted to the landmarks, to the features of light-cnn-seed1, and to both; PublicTest decides.
// Besides: how far the landmarks of an image lie from those of its mirror image, in pixels.

const LENDER = 'light-cnn-seed1';
const SETTINGS = { trees: 100, leafImages: 10 };
const POINTS = 5;
/** Left and right of the mirror image. */
const MIRRORED = [1, 0, 2, 4, 3];
const CHUNK = 256;

const device = new Device();
const onet = InferenceSession.open(
  device,
  encodeMtcnn('onet', readOnnxWeights(readWeightFile('onet.onnx'), 'onet.onnx')),
);

/** Columns first, in three equal channels, as the network was trained. @returns [count, 15]: probability, offsets, x, y */
function look(
  { pixels, side }: ImageBatch,
  { start, end, isMirrored }: { start: number; end: number; isMirrored: boolean },
): Float32Array {
  const values = new Float32Array((end - start) * side * side * 3);
  for (let i = start, to = 0; i < end; i++)
    for (let x = 0; x < side; x++)
      for (let y = 0; y < side; y++) {
        const level = pixels.bytes[pixels.offset(i) + y * side + (isMirrored ? side - 1 - x : x)]!;
        for (let channel = 0; channel < 3; channel++) values[to++] = (level - 127.5) / 128;
      }
  const input = device.upload(values, [end - start, side, side, 3]);
  const output = onet.run(input, OUTPUT);
  const numbers = device.download(output) as Float32Array;
  input.release();
  output.release();
  return numbers;
}

/** Probability of a face and x, y of five points as shares of the side, [count, 11]. */
function landmarks(images: ImageBatch, isMirrored = false): FeatureMatrix {
  const width = 1 + 2 * POINTS;
  const values = new Float32Array(images.count * width);
  for (let start = 0; start < images.count; start += CHUNK) {
    const end = Math.min(images.count, start + CHUNK);
    const numbers = look(images, { start, end, isMirrored });
    for (let i = start; i < end; i++) {
      const own = numbers.subarray(15 * (i - start), 15 * (i - start + 1));
      values.set([own[0]!, ...own.subarray(5)], i * width);
    }
  }
  return { values, count: images.count, width };
}

function joined(one: FeatureMatrix, other: FeatureMatrix): FeatureMatrix {
  const width = one.width + other.width;
  const values = new Float32Array(one.count * width);
  for (let i = 0; i < one.count; i++) values.set([...rowOf(one, i), ...rowOf(other, i)], i * width);
  return { values, count: one.count, width };
}

/** Mean distance of the five points of each image from those of its mirror image, mirrored back, in pixels, in order. */
function mirrorDistances(plain: FeatureMatrix, mirrored: FeatureMatrix, side: number): number[] {
  return Array.from({ length: plain.count }, (_, i) => {
    const [a, b] = [rowOf(plain, i), rowOf(mirrored, i)];
    const distances = MIRRORED.map((twin, point) =>
      Math.hypot(a[1 + point]! - (1 - b[1 + twin]!), a[6 + point]! - b[6 + twin]!),
    );
    return (side * distances.reduce((sum, distance) => sum + distance, 0)) / POINTS;
  }).sort((x, y) => x - y);
}

const text = (share: number) => (100 * share).toFixed(2);

async function main(): Promise<void> {
  const dataset = await loadDataset();
  const { training, validation } = splitDataset(dataset, { protocol: 'official', seed: 1 });
  const [fitted, tested] = [training, validation].map((rows) => batchOf(dataset, rows)) as [
    ImageBatch,
    ImageBatch,
  ];
  const [marks, testMarks] = [landmarks(fitted), landmarks(tested)];
  const distances = mirrorDistances(testMarks, landmarks(tested, true), tested.side);
  const at = (share: number) => distances[Math.floor(share * (distances.length - 1))]!.toFixed(1);
  const faces = Array.from({ length: tested.count }, (_, i) => rowOf(testMarks, i)[0]!).filter(
    (score) => score > 0.7,
  ).length;
  process.stdout.write(`face probability above 0.7: ${text(faces / tested.count)} % of PublicTest\n`);
  process.stdout.write(`distance from the mirror image, pixels: median ${at(0.5)}, 90 % ${at(0.9)}\n`);
  const extractor = networkFeatures(LENDER, 'light-cnn').extractor(
    weightsByName(loadWeights(openNetworkRun(modelFolder(LENDER)))),
  );
  const [features, testFeatures] = [extractFeatures(extractor, fitted), extractFeatures(extractor, tested)];
  extractor.dispose();
  const labels = labelsOf(dataset, validation);
  const hitsOf = (own: FeatureMatrix, theirs: FeatureMatrix) => {
    const set = { features: own, labels: labelsOf(dataset, training), classes: dataset.spec.classes.length };
    const weights = weightsByName(RANDOM_FOREST.fit(set, { settings: SETTINGS, seed: 1 }));
    const classes = predictedClasses({ labels, probabilities: RANDOM_FOREST.predict(weights, theirs) });
    return Array.from(labels, (label, i) => classes[i] === label);
  };
  const results = {
    'landmarks alone': hitsOf(marks, testMarks),
    [`features of ${LENDER}`]: hitsOf(features, testFeatures),
    both: hitsOf(joined(features, marks), joined(testFeatures, testMarks)),
  };
  for (const [name, hits] of Object.entries(results)) {
    const count = hits.filter(Boolean).length;
    const [low, high] = wilsonInterval(count, hits.length);
    process.stdout.write(
      `${name}: ${text(count / hits.length)} % of PublicTest (${text(low)} to ${text(high)})\n`,
    );
  }
  const [, plain, both] = Object.values(results) as boolean[][] as [boolean[], boolean[], boolean[]];
  const onlyBoth = both.filter((hit, i) => hit && !plain[i]).length;
  const onlyPlain = plain.filter((hit, i) => hit && !both[i]).length;
  const counts = { images: both.length, onlyFirst: onlyPlain, onlySecond: onlyBoth };
  const { difference, interval, p } = describeDifference(counts);
  process.stdout.write(
    `both less features: ${text(difference)} points (${interval.map(text).join(' to ')}), p ${p.toFixed(3)}\n`,
  );
}

main().finally(() => {
  onet.dispose();
  device.dispose();
});

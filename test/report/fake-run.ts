import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { SAMPLE } from '../../src/dataset/specs/sample';
import { loadResults, type Results } from '../../src/evaluate/results';
import { randomStream } from '../../src/random';
import type { RunConfig } from '../../src/run/config';
import { saveHistory } from '../../src/run/history';
import { originOf } from '../../src/run/open-run';
import type { PredictedPart } from '../../src/run/predictions';
import { savePredictions } from '../../src/run/predictions-file';
import { buildConfig } from '../../src/run/profiles';
import type { NetworkRecord, PartCounts } from '../../src/run/record';
import { saveRecord } from '../../src/run/record-file';
import { runFiles } from '../../src/run/run-folder';

/** Images of each class of FER-2013's PrivateTest. */
const PRIVATE_TEST = [491, 55, 528, 879, 594, 416, 626];
/** Logit that the true class gets on top of the noise: happy is easy, fear is hard, as for every honest system. */
const SKILL = [2.2, 2.3, 1.7, 4.2, 2.0, 3.6, 2.6];

export interface FakeRun {
  kind?: 'fer2013' | 'synthetic';
  seed?: number;
  protocol?: RunConfig['protocol'];
  epochs?: number;
  /** Test images by label. */
  support?: readonly number[];
  skill?: readonly number[];
  /** Added to the logit of each class. */
  bias?: readonly number[];
  /** How many images of each part have copies in the training part; nobody looked unless given. */
  copies?: number;
}

const spaced = (rows: Uint32Array, count: number) =>
  Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!);

/** Share of the test images that the validation part has: what is computed of it takes time in every test. */
const VALIDATION_SHARE = 0.25;

/** Predictions whose mistakes are spread like a real classifier's. */
function drawPredictions(part: PredictedPart, run: FakeRun) {
  const { seed = 1, support: all = PRIVATE_TEST, skill = SKILL, bias = [] } = run;
  const support = part === 'test' ? all : all.map((count) => Math.ceil(VALIDATION_SHARE * count));
  const stream = randomStream(seed, 'fake', part);
  const labels = Uint8Array.from(support.flatMap((count, label) => new Array<number>(count).fill(label)));
  const probabilities = new Float32Array(labels.length * 7);
  for (const [i, label] of labels.entries()) {
    const logits = skill.map(
      (extra, k) => 1.3 * stream.normal() + (k === label ? extra : 0) + (bias[k] ?? 0),
    );
    const powers = logits.map((logit) => Math.exp(Math.min(60, logit)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    probabilities.set(
      powers.map((power) => power / total),
      i * 7,
    );
  }
  const rows = Uint32Array.from(labels.keys());
  // Spread over the classes, whose rows stand together.
  const copies = run.copies === undefined ? undefined : spaced(rows, run.copies);
  return { rows, labels, probabilities, copies };
}

/** Writes the folder of a run that was never trained. @returns the folder */
export function writeFakeRun(parent: string, run: FakeRun = {}): string {
  const { kind = 'fer2013', seed = 1, protocol = 'official', epochs = 24 } = run;
  const folder = join(parent, `fake-${protocol}-seed${seed}`);
  mkdirSync(folder, { recursive: true });
  const files = runFiles(folder);
  const [validation, test] = [drawPredictions('validation', run), drawPredictions('test', run)];
  const config = { ...buildConfig('quick', { seed }), protocol, epochs };
  const counts = { training: 28709, validation: validation.labels.length, test: test.labels.length };
  const record = fakeRecord(config, kind, counts);
  savePredictions(files.predictions('validation'), { ...originOf(record, 'validation'), ...validation });
  savePredictions(files.predictions('test'), { ...originOf(record, 'test'), ...test });
  saveRecord(files.record, record);
  saveHistory(
    files.history,
    Array.from({ length: epochs }, (_, i) => fakeEpoch(i + 1)),
  );
  return folder;
}

function fakeEpoch(epoch: number) {
  const done = 1 - Math.exp(-epoch / 8);
  const [loss, accuracy] = [1.9 - 1.0 * done, 0.2 + 0.5 * done];
  return {
    epoch,
    learningRate: 0.001,
    loss,
    accuracy,
    valLoss: loss + 0.05 * done,
    valAccuracy: accuracy - 0.03 * done,
  };
}

function fakeRecord(config: RunConfig, kind: FakeRun['kind'], counts: PartCounts): NetworkRecord {
  const { name, classes, side } = kind === 'synthetic' ? SAMPLE : FER2013;
  return {
    format: 'ferlab-record-2',
    kind: 'network',
    config,
    dataset: {
      spec: name,
      classes,
      side,
      format: kind === 'synthetic' ? 'synthetic sample' : 'fer2013.csv.gz',
      sha256: 'a'.repeat(64),
      images: 35887,
    },
    precision: 'float32',
    parameters: 1468135,
    environments: [
      {
        event: 'start',
        at: '2026-01-01T00:00:00.000Z',
        commit: null,
        isModified: null,
        lockSha256: null,
        requirementsSha256: null,
        node: process.version,
        tfjs: '4.22.0',
        tensorflow: '2.21.0',
        device: 'cpu',
        processor: 'none',
        cores: 2,
      },
    ],
    counts,
    weightsSha256: 'b'.repeat(64),
    bestEpoch: config.epochs,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: '2026-01-01T01:00:00.000Z',
    trainingSeconds: 3600,
    imagesPerSecond: 190,
  };
}

/** Results of a fake run. */
export function fakeResults(parent: string, run: FakeRun = {}): Results {
  return loadResults(writeFakeRun(parent, run));
}

/** Runs at the edges: each must still make a readable report. */
export const EDGE_CASES: Readonly<Record<string, FakeRun>> = {
  'a usual run': {},
  'the paper protocol, synthetic': {
    kind: 'synthetic',
    protocol: 'paper-deduplicated',
    seed: 123456,
    epochs: 200,
  },
  'a perfect run': { skill: new Array<number>(7).fill(50) },
  'a run that always says Happy': { bias: [0, 0, 0, 60, 0, 0, 0], skill: new Array<number>(7).fill(0) },
  'a run that never says Disgust': { bias: [0, -60, 0, 0, 0, 0, 0] },
  'a test part without Disgust': { support: [40, 0, 40, 40, 40, 40, 40], epochs: 1 },
  'one test image': { support: [0, 0, 0, 1, 0, 0, 0], epochs: 2 },
};

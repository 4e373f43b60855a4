import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { TEST_TIME_VIEWS } from '../../src/augment/views';
import { openNetworkRun } from '../../src/run/open-run';
import { loadPredictions } from '../../src/run/predictions-file';
import { temporaryFolder } from '../temporary';
import { runMany } from './run-lists';
import type { Outcome } from './run-many';

// What each command makes of one trained run, against numbers counted here from its files.
const parent = temporaryFolder();
const at = (name: string) => join(parent, name);
const env = { FERLAB_RUNS: at('runs'), FERLAB_CACHE: at('cache'), FER2013: undefined };

function run(...lists: string[][]): Outcome[] {
  const outcomes = runMany(lists, env);
  for (const { words, status, text } of outcomes) assert.equal(status, 0, `${words.join(' ')}: ${text}`);
  return outcomes;
}

/** The JSON document that a command prints beside its notes. */
const json = ({ text }: Outcome) => JSON.parse(/^[{[][\s\S]*^[}\]]/m.exec(text)![0]);

const FLAGS = {
  ...{ '--profile': 'smoke', '--seed': '3', '--epochs': '2', '--batch-size': '48' },
  ...{ '--model': 'light-cnn', '--protocol': 'paper', '--precision': 'float32' },
};

function train(): string {
  const words = [
    'train',
    '--sample',
    ...Object.entries(FLAGS).flat(),
    '--tensorboard',
    at('events'),
    '--json',
  ];
  return json(run(words)[0]!).folder;
}

const folder = train();

const EXPORTS = { onnx: at('model.onnx'), tfjs: at('tfjs'), 'saved-model': at('saved') };
const OTHER_VIEWS = 'mirror-and-shifts';
const commands = {
  evaluate: ['evaluate'],
  evaluation: ['evaluate', folder, '--json'],
  views: ['views', folder, '--json'],
  slices: ['slices', folder, '--part', 'validation', '--json'],
  slicesText: ['slices', folder, '--part', 'validation', '--out', at('slices')],
  ...(Object.fromEntries(
    Object.entries(EXPORTS).map(([format, out]) => [
      format,
      ['export', folder, '--format', format, '--out', out],
    ]),
  ) as Record<keyof typeof EXPORTS, string[]>),
  exportJson: ['export', folder, '--format', 'onnx', '--out', EXPORTS.onnx, '--json'],
  protocol: ['check-protocol', folder, '--json'],
};
const told = Object.fromEntries(
  runMany(Object.values(commands), env).map((outcome, i) => [Object.keys(commands)[i], outcome]),
) as Record<keyof typeof commands, Outcome>;

/** Probabilities and labels of a part by the file that the run left. */
function predicted(part: 'validation' | 'test') {
  const { record } = openNetworkRun(folder);
  const { classes, sha256: datasetSha256 } = record.dataset;
  const { weightsSha256 } = record;
  const { testTimeViews: views } = record.config;
  const file = join(folder, `predictions-${part}.csv`);
  const { labels, probabilities } = loadPredictions(file, {
    part,
    classes,
    weightsSha256,
    datasetSha256,
    views,
  });
  const guesses = [...labels.keys()].map((i) => {
    const row = [...probabilities.subarray(i * classes.length, (i + 1) * classes.length)];
    return row.indexOf(Math.max(...row));
  });
  const hits = guesses.filter((guess, i) => guess === labels[i]).length;
  return { classes, labels, guesses, hits, accuracy: hits / labels.length };
}

test('every flag of train arrives in the configuration', () => {
  const { config, dataset } = openNetworkRun(folder).record;
  assert.deepEqual(
    [config.profile, config.seed, config.epochs, config.batchSize, config.model, config.protocol],
    ['smoke', 3, 2, 48, 'light-cnn', 'paper'],
  );
  assert.equal(config.precision, 'float32');
  assert.equal(dataset.spec, 'sample');
  assert.deepEqual(readdirSync(at('events')), [basename(folder)]);
});

const before = predicted('validation');

test('evaluate tells counts, accuracy and every class of the part that it is asked for', () => {
  const { classes, labels, guesses, accuracy } = before;
  const evaluation = json(told.evaluation);
  assert.deepEqual([evaluation.part, evaluation.count], ['validation', labels.length]);
  assert.equal(evaluation.metrics.accuracy, accuracy);
  const lines = told.evaluate.text.split('\n');
  const start = `validation part, ${labels.length} images: accuracy ${(100 * accuracy).toFixed(2)} % `;
  assert.ok(lines[0]!.startsWith(start), lines[0]);
  const ends = /interval ([\d.]+) to ([\d.]+)\)/
    .exec(lines[0]!)!
    .slice(1)
    .map((end) => Number(end) / 100);
  // The ends of Wilson's interval solve (p - a)^2 = z^2 p (1 - p) / n.
  for (const end of ends) {
    const residue = (end - accuracy) ** 2 - (1.96 ** 2 * end * (1 - end)) / labels.length;
    assert.ok(Math.abs(residue) < 2e-4, `${ends}`);
  }
  assert.ok(ends[0]! < accuracy && accuracy < ends[1]!);
  for (const [label, name] of classes.entries()) {
    const images = labels.filter((one) => one === label).length;
    const right = guesses.filter((guess, i) => guess === label && labels[i] === label).length;
    const said = guesses.filter((guess) => guess === label).length;
    const [precision, recall] = [said ? right / said : 0, right / images];
    const f1 = right ? (2 * precision * recall) / (precision + recall) : 0;
    const cells = lines
      .find((line) => line.includes(` ${name} `))!
      .trim()
      .split(/\s+/);
    const wanted = [precision, recall, f1].map((share) => (100 * share).toFixed(2));
    assert.deepEqual(cells, [name, String(images), ...wanted]);
  }
});

test('slices counts the part that it is asked for, and divides it into quarters', () => {
  const { part, isSynthetic, hasVotes, models, labels } = json(told.slices);
  assert.deepEqual([part, isSynthetic, hasVotes, labels], ['validation', true, false, null]);
  assert.equal(models[0].model, basename(folder));
  const [whole, ...rest] = models[0].slices as { property: string | null; images: number; hits: number }[];
  assert.deepEqual([whole!.property, whole!.images, whole!.hits], [null, before.labels.length, before.hits]);
  const properties = new Set(rest.map(({ property }) => property));
  const divided = [...properties].filter((property) => /^(brightness|contrast|sharpness)/.test(property!));
  assert.equal(divided.length, 3);
  for (const property of divided) {
    const quarters = rest.filter((slice) => slice.property === property);
    assert.equal(quarters.length, 4);
    const sum = (key: 'images' | 'hits') => quarters.reduce((total, slice) => total + slice[key], 0);
    assert.deepEqual([sum('images'), sum('hits')], [before.labels.length, before.hits]);
  }
  assert.match(told.slicesText.text, /slices of the validation part/);
  assert.ok(readdirSync(at('slices')).some((name) => /^slices\./.test(name)));
});

test('export writes each format where it is told and prints the paths', () => {
  const paths = {
    onnx: [EXPORTS.onnx],
    tfjs: [join(EXPORTS.tfjs, 'model.json'), join(EXPORTS.tfjs, 'weights.bin')],
    'saved-model': [join(EXPORTS['saved-model'], 'saved_model.pb')],
  };
  for (const format of ['onnx', 'tfjs', 'saved-model'] as const) {
    assert.ok(told[format].text.startsWith(`${paths[format].join('\n')}\nnote: `), told[format].text);
    assert.ok(paths[format].every((path) => statSync(path).size > 1000));
  }
  assert.deepEqual(json(told.exportJson), { paths: paths.onnx });
});

test('check-protocol reads the parts of a run', () => {
  const { counts } = openNetworkRun(folder).record;
  const images = json(told.protocol).parts.map((part: { images: number }) => part.images);
  assert.deepEqual(images, [counts.training, counts.validation, counts.test]);
});

test('views compares all views; --keep predicts again with those that it names; --final tests with them', () => {
  const compared = json(told.views) as { views: string; accuracy: number; count: number }[];
  assert.deepEqual(
    compared.map(({ views }) => views),
    TEST_TIME_VIEWS,
  );
  const ofViews = (name: string) => compared.find(({ views }) => views === name)!.accuracy;
  const own = openNetworkRun(folder).record.config.testTimeViews;
  assert.notEqual(own, OTHER_VIEWS);
  assert.equal(ofViews(own), before.accuracy);
  const [kept, final] = run(
    ['views', folder, '--keep', OTHER_VIEWS, '--json'],
    ['evaluate', folder, '--final', '--json'],
  ) as [Outcome, Outcome];
  assert.deepEqual(json(kept), {
    run: folder,
    views: OTHER_VIEWS,
    before: before.accuracy,
    after: ofViews(OTHER_VIEWS),
  });
  assert.equal(openNetworkRun(folder).record.config.testTimeViews, OTHER_VIEWS);
  assert.equal(predicted('validation').accuracy, ofViews(OTHER_VIEWS));
  const { labels, accuracy } = predicted('test');
  const evaluation = json(final);
  assert.deepEqual([evaluation.part, evaluation.count], ['test', labels.length]);
  assert.equal(evaluation.metrics.accuracy, accuracy);
});

import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { after, test } from 'node:test';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import {
  CORRUPTION_NAMES,
  CORRUPTIONS,
  type CorruptionName,
} from '../../src/evaluate/robustness/corruptions';
import { compareOnImages, measureRobustness, spoilImages } from '../../src/evaluate/robustness/robustness';
import { predictRows } from '../../src/predict/infer';
import { randomStream } from '../../src/random';
import { plotRelativeErrors } from '../../src/report/figures/relative-errors';
import { plotRobustness } from '../../src/report/figures/robustness';
import { FigureDrawer } from '../../src/report/static/draw';
import { cellsOf } from '../../src/report/table';
import { tableRelativeErrors, tableRobustness } from '../../src/report/tables/robustness';
import { loadNetwork, openNetworkRun, openRun } from '../../src/run/open-run';
import { partsOf } from '../../src/run/parts';
import { trainRun } from '../../src/train/train';
import { letteringDefects } from '../report/lettering';
import { temporaryFolder } from '../temporary';
import { tinyConfig, tinyDataset } from '../train/tiny';

const drawer = new FigureDrawer();
after(() => drawer.close());

const SIDE = 48;
const stream = randomStream(3, 'pattern');
const pattern = Uint8Array.from({ length: SIDE * SIDE }, () => 40 + stream.integer(170));

const spoil = async (name: CorruptionName, strength: number, image = pattern, seed = 1) =>
  CORRUPTIONS[name].spoil({ image, side: SIDE, random: randomStream(seed, name) }, strength);

const distance = (a: Uint8Array, b: Uint8Array) =>
  Math.sqrt(a.reduce((sum, level, i) => sum + (level - b[i]!) ** 2, 0) / a.length);

test('there are nine changes of five strengths, and each moves an image further than the one before', async () => {
  assert.equal(CORRUPTION_NAMES.length, 9);
  for (const name of CORRUPTION_NAMES) {
    const { strengths } = CORRUPTIONS[name];
    assert.equal(strengths.length, 5);
    // Noise has no direction in which a turn could go on: a smooth ramp has.
    const image = name === 'rotation' ? Uint8Array.from(pattern, (_, i) => 5 * (i % SIDE)) : pattern;
    const moved = [];
    for (const strength of strengths) moved.push(distance(image, await spoil(name, strength, image)));
    for (const [i, one] of moved.entries()) assert.ok(one > (moved[i - 1] ?? 0), `${name}: ${moved}`);
  }
});

test('changes do what their units say', async () => {
  const flat = new Uint8Array(SIDE * SIDE).fill(100);
  assert.deepEqual(new Set(await spoil('brightness', 0.4, flat)), new Set([40]));
  // Noise of deviation 20 on 2,304 pixels: its own standard error is 0.3.
  assert.ok(Math.abs(distance(flat, await spoil('noise', 20, flat)) - 20) < 1);
  // A point becomes the density of the normal distribution: 255 / (2 pi sigma^2) in the middle.
  const point = new Uint8Array(SIDE * SIDE).fill(255, 24 * SIDE + 24, 24 * SIDE + 25);
  for (const sigma of [1, 2]) {
    const middle = (await spoil('blur', sigma, point))[24 * SIDE + 24]!;
    assert.ok(Math.abs(middle - 255 / (2 * Math.PI * sigma ** 2)) < 1, `blur ${sigma}: ${middle}`);
  }
  const cells = await spoil('pixelation', 12);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      assert.equal(cells[y * SIDE + x], cells[(y - (y % 4)) * SIDE + x - (x % 4)], `pixel ${x}, ${y}`);
  // Contrast 0.1 leaves a tenth of the deviation.
  const mean = pattern.reduce((sum, level) => sum + level, 0) / pattern.length;
  const grey = new Uint8Array(pattern.length).fill(Math.round(mean));
  const ratio = distance(await spoil('contrast', 0.1), grey) / distance(pattern, grey);
  assert.ok(Math.abs(ratio - 0.1) < 0.01, String(ratio));
  // A turn by 10 degrees to either side moves a line through the middle by tan(10 degrees) * 20 at 20 pixels from it.
  const line = Uint8Array.from(flat, (_, i) => (Math.abs(Math.floor(i / SIDE) - 23.5) < 1 ? 255 : 0));
  const turned = await spoil('rotation', 10, line);
  const row = Array.from({ length: SIDE }, (_, y) => turned[y * SIDE + 43]!);
  const weight = row.reduce((sum, level) => sum + level, 0);
  const middle = row.reduce((sum, level, y) => sum + level * y, 0) / weight;
  assert.ok(Math.abs(Math.abs(middle - 23.5) - Math.tan(Math.PI / 18) * 19.5) < 0.3, String(middle));
});

test('bars cover whole rows at the eyes and at the mouth, and leave the others', async () => {
  const blackRows = (image: Uint8Array) =>
    Array.from({ length: SIDE }, (_, y) => y).filter((y) =>
      image.subarray(y * SIDE, (y + 1) * SIDE).every((level) => level === 0),
    );
  // A tenth of 48 rows are 5.
  assert.deepEqual(blackRows(await spoil('eyes', 0.1)), [15, 16, 17, 18, 19]);
  assert.deepEqual(blackRows(await spoil('mouth', 0.1)), [36, 37, 38, 39, 40]);
  const covered = await spoil('eyes', 0.1);
  assert.deepEqual(covered.subarray(20 * SIDE), pattern.subarray(20 * SIDE));
  assert.equal(FER2013.side, SIDE);
});

test('an image is spoilt in the same way whatever the others are, and otherwise by another seed', async () => {
  const dataset = tinyDataset();
  const size = dataset.spec.side ** 2;
  for (const [corruption, strength] of [
    ['noise', 20],
    ['rotation', 20],
  ] as const) {
    const step = { corruption, strength, seed: 1 };
    const all = await spoilImages(dataset, Uint32Array.of(3, 4, 5, 6, 7, 8, 9, 10), step);
    const one = await spoilImages(dataset, Uint32Array.of(5), step);
    assert.deepEqual(one, all.subarray(2 * size, 3 * size));
    const other = await spoilImages(dataset, Uint32Array.of(3, 4, 5, 6, 7, 8, 9, 10), { ...step, seed: 2 });
    assert.notDeepEqual(other, all);
  }
});

test('two classifiers are compared image by image', () => {
  const dataset = tinyDataset();
  const rows = Uint32Array.of(9, 2, 4, 0);
  /** Says the true class of the images at some places, and the next one at the others. */
  const knowing = (...places: number[]) => ({
    predict(_: unknown, count: number) {
      const classes = dataset.spec.classes.length;
      const probabilities = new Float32Array(count * classes);
      for (const [i, row] of rows.entries()) {
        const label = dataset.labels[row]! + (places.includes(i) ? 0 : 1);
        probabilities[i * classes + (label % classes)] = 1;
      }
      return probabilities;
    },
    dispose() {},
  });
  const spoilt = new Uint8Array(4 * dataset.spec.side ** 2);
  const cell = compareOnImages([knowing(0, 1, 2), knowing(2)], dataset, { rows, spoilt });
  assert.deepEqual([cell.images, cell.accuracy, cell.referenceAccuracy], [4, 0.75, 0.25]);
  const { difference, onlyFirst, onlySecond } = cell.difference;
  assert.deepEqual({ difference, onlyFirst, onlySecond }, { difference: 0.5, onlyFirst: 0, onlySecond: 2 });
});

test('robustness is measured on the validation part, beside a reference of the same split', async (t) => {
  const dataset = tinyDataset();
  const train = (seed: number, changes = {}) =>
    trainRun(tinyConfig({ epochs: 1, seed, ...changes }), { dataset, folder: temporaryFolder(t) });
  const [first, second] = [await train(1), await train(2)];
  const runs = [openRun(first.folder), openRun(second.folder)] as const;
  const result = await measureRobustness(runs, dataset, { seed: 1, corruptions: ['jpeg', 'mouth'] });
  assert.equal(result.cells.length, 1 + 2 * 5);
  const { validation } = partsOf(runs[0], dataset);
  assert.equal(result.cells[0]!.images, validation.length);

  // By hand: the mild mouth bar, seen once by each network.
  const at = result.cells.findIndex(({ corruption }) => corruption === 'mouth');
  const step = { corruption: 'mouth', strength: 0.05, seed: 1 } as const;
  const images = { spec: dataset.spec, images: await spoilImages(dataset, validation, step) };
  const [own, reference] = [first, second].map(({ folder }) => {
    const network = loadNetwork(openNetworkRun(folder));
    t.after(() => network.dispose());
    const all = predictRows(
      network,
      images,
      validation.map((_, i) => i),
    );
    const classes = dataset.spec.classes.length;
    const hits = [...validation].filter((row, i) => {
      const some = all.subarray(i * classes, (i + 1) * classes);
      return some.indexOf(Math.max(...some)) === dataset.labels[row];
    });
    return hits.length / validation.length;
  });
  const cell = result.cells[at]!;
  assert.deepEqual([cell.accuracy, cell.referenceAccuracy], [own, reference]);
  for (const { accuracy, referenceAccuracy, difference } of result.cells)
    assert.ok(Math.abs(difference.difference - (accuracy - referenceAccuracy)) < 1e-12);
  const jpeg = result.cells.filter(({ corruption }) => corruption === 'jpeg');
  const errors = (of: (one: (typeof jpeg)[number]) => number) =>
    jpeg.reduce((sum, one) => sum + 1 - of(one), 0);
  const expected = errors((one) => one.accuracy) / errors((one) => one.referenceAccuracy);
  assert.equal(result.relative.find(({ corruption }) => corruption === 'jpeg')!.ratio, expected);

  const few = await measureRobustness(runs, dataset, { seed: 1, images: 5, corruptions: ['blur'] });
  assert.deepEqual(
    few.cells.map(({ images: count }) => count),
    new Array(6).fill(5),
  );

  const names = { reference: 'hog-svm', seed: 1, isSynthetic: true };
  const better = {
    ...result,
    run: 'better',
    relative: result.relative.map((one) => ({ ...one, ratio: 0.5 })),
  };
  const table = tableRobustness([result, better], names);
  assert.match(table.title!, /\(synthetic sample\)$/);
  assert.deepEqual(
    table.rows.map(({ run }) => run),
    [...new Array(11).fill(basename(first.folder)), ...new Array(11).fill('better')],
  );
  const ratios = cellsOf(tableRelativeErrors([result, better], names));
  assert.deepEqual(ratios[1]!.slice(4), [0.5, 0.5, 0.5]);
  const mean = (result.relative[0]!.ratio + result.relative[1]!.ratio) / 2;
  assert.deepEqual(ratios[0]!.slice(4), [result.relative[0]!.ratio, result.relative[1]!.ratio, mean]);
  // The figures of all nine: as if each change did what JPEG does.
  const all = CORRUPTION_NAMES.flatMap((corruption) =>
    CORRUPTIONS[corruption].strengths.map((strength, i) => ({ ...jpeg[i]!, corruption, strength })),
  );
  const relative = CORRUPTION_NAMES.map((corruption) => ({ corruption, ratio: 1 }));
  const full = { run: 'strong-cnn-wide-distilled-seed4', cells: [result.cells[0]!, ...all], relative };
  for (const figure of [plotRobustness(full, names), plotRelativeErrors([full, full], names)])
    assert.deepEqual(letteringDefects(await drawer.svg(figure)), []);

  // Under another protocol the validation part is another one: the images that are in both are shown.
  const other = openRun((await train(1, { protocol: 'paper' })).folder);
  const known = new Set(partsOf(other, dataset).validation);
  const shared = validation.filter((row) => known.has(row)).length;
  assert.ok(shared > 0 && shared < validation.length);
  const some = await measureRobustness([runs[0], other], dataset, { seed: 1, corruptions: ['eyes'] });
  assert.equal(some.cells[0]!.images, shared);
  await assert.rejects(measureRobustness(runs, tinyDataset(2), { seed: 1 }), /was given/);
});

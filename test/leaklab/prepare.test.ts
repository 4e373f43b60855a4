import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { buildLab, type LeakLab, pixelsAt, toBytes } from '../../src/leaklab/lab';
import { nearestOfClass } from '../../src/leaklab/neighbours';
import * as prepare from '../../src/leaklab/prepare';

let lab: LeakLab;
before(() => {
  const sample = buildSample({ seed: 3 });
  const images = sample.images.slice();
  // Row 1 is a copy of row 0, and the first image of PublicTest one of row 2.
  images.copyWithin(2304, 0, 2304);
  images.copyWithin(1470 * 2304, 2 * 2304, 3 * 2304);
  const labels = sample.labels.map((label, row) => (row === 1 ? sample.labels[0]! : label));
  lab = buildLab({ ...sample, images, labels }, { images: 1470, side: 16, votes: null });
});

const rowsOf = ({ parts }: prepare.Prepared, part: number) =>
  [...parts.keys()].filter((at) => parts[at] === part);
const keyAt = (some: prepare.Prepared | LeakLab['pool'], at: number) =>
  Buffer.from(pixelsAt(some, lab.spec, at)).toString('base64');
const learnt = (some: prepare.Prepared) => new Set(rowsOf(some, 0).map((at) => keyAt(some, at)));
const known = (some: prepare.Prepared, part: number) =>
  rowsOf(some, part).filter((at) => learnt(some).has(keyAt(some, at))).length;

test('the lab leaves no copy of a training image among the untouched ones', () => {
  assert.equal(lab.pool.labels.length, 1470);
  assert.ok(lab.untouched.labels.length < 315);
  assert.equal(lab.groups[0], lab.groups[1]);
  const pool = new Set([...lab.pool.labels.keys()].map((at) => keyAt(lab.pool, at)));
  assert.ok([...lab.untouched.labels.keys()].every((at) => !pool.has(keyAt(lab.untouched, at))));
});

test('divided honestly, copies stay together; divided image by image, they may not', () => {
  const seeds = [...Array(12).keys()];
  const isTogether = ({ parts }: prepare.Prepared) => parts[0] === parts[1];
  assert.ok(seeds.every((seed) => isTogether(prepare.divideGroups(lab, seed))));
  assert.ok(!seeds.every((seed) => isTogether(prepare.divideImages(lab, seed))));
  const counts = [0, 1, 2].map((part) => rowsOf(prepare.divideGroups(lab, 1), part).length / 1470);
  for (const [i, share] of [0.7, 0.15, 0.15].entries()) assert.ok(Math.abs(counts[i]! - share) < 0.01);
});

test('augmenting and oversampling before the split puts what one image gave into several parts', () => {
  const augmented = prepare.augmentFirst(lab, 1);
  assert.equal(augmented.labels.length, 5 * 1470);
  // Few classes of the sample differ in size, so one is made small.
  const labels = lab.pool.labels.map((label, at) => (label === 1 && at % 2 === 0 ? 0 : label));
  const uneven = { ...lab, pool: { ...lab.pool, labels } };
  for (const fill of [prepare.oversampleFirst, prepare.smoteFirst]) {
    const filled = fill(uneven, 1);
    const counts = lab.spec.classes.map((_, label) => filled.labels.filter((one) => one === label).length);
    assert.equal(new Set(counts).size, 1);
  }
  assert.ok(known(prepare.oversampleFirst(uneven, 1), 2) > 20);
  assert.ok(known(prepare.divideGroups(lab, 1), 2) === 0);
});

test('the nearest of a class are other images of it, the nearest first', () => {
  const side = 2;
  const levels = [10, 14, 11, 12, 90];
  const pool = {
    images: Uint8Array.from(levels.flatMap((level) => new Array<number>(side ** 2).fill(level))),
    labels: Uint8Array.of(0, 0, 1, 0, 0),
  };
  const near = nearestOfClass({ ...lab, pool, spec: { ...lab.spec, side } }, 2);
  assert.deepEqual([near(0), near(1), near(2)], [[3, 1], [3, 0], []]);
});

test('the test part chooses the epoch, or the validation part is learnt', () => {
  const honest = prepare.divideGroups(lab, 4);
  const chosen = prepare.chooseEpochByTest(lab, 4);
  assert.deepEqual(rowsOf(chosen, 1), rowsOf(honest, 2));
  assert.deepEqual(rowsOf(chosen, 0), rowsOf(honest, 0));
  const cheat = prepare.learnValidation(lab, 4);
  assert.equal(known(cheat, 1), rowsOf(cheat, 1).length);
  assert.equal(known(cheat, 2), 0);
});

test('without votes of FER+ nothing is labelled by the crowd; with them, by them', () => {
  assert.throws(() => prepare.labelByCrowd(lab, 1), /no votes of FER\+/);
  const crowd = Int8Array.from(lab.pool.labels, (label, at) => (at % 3 === 0 ? -1 : (label + 1) % 7));
  const labelled = prepare.labelByCrowd({ ...lab, crowd }, 1);
  assert.equal(labelled.labels.length, 980);
  assert.equal(labelled.labels[0], (lab.pool.labels[1]! + 1) % 7);
});

test('levels become the nearest grey level', () => {
  assert.deepEqual([...toBytes(Float32Array.of(0, 0.4 / 255, 0.6 / 255, 0.999, 1))], [0, 0, 1, 255, 255]);
});

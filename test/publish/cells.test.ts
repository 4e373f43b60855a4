import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluatePredictions } from '../../src/evaluate/evaluation';
import { wilsonInterval } from '../../src/evaluate/intervals';
import { loadResults } from '../../src/evaluate/results';
import { modelCard } from '../../src/publish/card/card';
import { tableModels } from '../../src/publish/overview';
import { tableUnreproduced, tableVerifications } from '../../src/publish/verification-tables';
import type { Verification } from '../../src/publish/verify';
import { cellsOf } from '../../src/report/table';
import { loadRunPredictions, openNetworkRun } from '../../src/run/open-run';
import { predictedClasses } from '../../src/run/predictions';
import { writeFakeRun } from '../report/fake-run';
import { temporaryFolder } from '../temporary';

const folder = writeFakeRun(temporaryFolder(), { seed: 4, skill: [2.2, 1.1, 1.7, 4.2, 2.0, 3.6, 2.6] });
const results = loadResults(folder);
const { test: part, validation } = results;
const fixture = loadRunPredictions(openNetworkRun(folder), 'test');

test('the fixture tells its numbers apart', () => {
  const { metrics } = part;
  const all = [
    metrics.accuracy,
    validation.metrics.accuracy,
    metrics.macro.f1,
    metrics.weighted.f1,
    metrics.macroF1OfMeans,
    validation.metrics.macro.f1,
  ];
  assert.equal(new Set(all).size, all.length, all.join(' '));
});

test('the overview tells the test accuracy with its interval, macro F1, and the validation accuracy', () => {
  const row = cellsOf(tableModels([results]))[2]!;
  const [name, protocol, seed, accuracy, interval, withoutCopies, macroF1, ofValidation] = row;
  assert.equal(withoutCopies, null);
  assert.deepEqual([name, protocol, seed], ['fake-official-seed4', 'official', 4]);
  assert.equal(accuracy, 100 * part.metrics.accuracy);
  assert.deepEqual(
    interval,
    part.intervals.accuracy.map((end) => 100 * end),
  );
  assert.deepEqual([macroF1, ofValidation], [part.metrics.macro.f1, 100 * validation.metrics.accuracy]);
});

test('the accuracy without copies is told in overview and card, with its own images and interval', () => {
  const copies = { ...fixture, copies: [...fixture.rows.slice(0, 300)] };
  const twin = evaluatePredictions(copies).withoutCopies!;
  const [labels, classes] = [fixture.labels.slice(300), predictedClasses(fixture).slice(300)];
  const hits = labels.filter((label, i) => label === classes[i]).length;
  assert.deepEqual([twin.count, twin.metrics.accuracy], [3289, hits / 3289]);
  assert.notEqual(twin.metrics.accuracy, part.metrics.accuracy);
  const with300 = { ...results, test: { ...part, withoutCopies: twin } };
  assert.equal(cellsOf(tableModels([with300]))[2]![5], (100 * hits) / 3289);
  const [low, high] = wilsonInterval(hits, 3289).map((end) => (100 * end).toFixed(2));
  const card = modelCard(openNetworkRun(folder), with300);
  const accuracy = ((100 * hits) / 3289).toFixed(2);
  assert.ok(
    card.includes(`Without the 300 test images`) && card.includes(`**${accuracy} %** (${low} to ${high})`),
  );
  assert.ok(card.includes('The training part contains exact copies of 300 of the 3,589 test images.'));
  assert.doesNotMatch(modelCard(openNetworkRun(folder), results), /exact cop/i);
});

test('the card tells each class with the intervals of its own metrics, lower end first', () => {
  const card = modelCard(openNetworkRun(folder), results);
  const { metrics, intervals } = part;
  const [low, high] = intervals.accuracy.map((end) => (100 * end).toFixed(2));
  assert.ok(card.includes(`**${(100 * metrics.accuracy).toFixed(2)} %** of 3,589 test images`));
  assert.ok(Number(low) < Number(high) && card.includes(`(95 % interval ${low} to ${high})`));
  for (const [label, name] of ['Angry', 'Disgust', 'Fear', 'Happy'].entries()) {
    const own = metrics.perClass[label]!;
    const cells = (['precision', 'recall', 'f1'] as const).flatMap((metric) => [
      own[metric].toFixed(3),
      intervals.perClass[label]![metric].map((end) => end.toFixed(3)).join(' to '),
    ]);
    assert.ok(card.includes(`| ${[name, own.support, ...cells].join(' | ')} |`), `${name}: ${cells}`);
  }
});

test('a verification tells what was published, what came out here, and how much of it is the same', () => {
  const number = (name: string, published: number, here: number | undefined, isReproduced: boolean) => ({
    name,
    published,
    here,
    tolerance: name === 'test.count' ? 0 : 0.0001,
    isReproduced,
  });
  const verification: Verification = {
    model: 'm',
    seconds: 12,
    leftOut: 0,
    otherPixels: 5,
    otherClasses: 3,
    images: 700,
    largestDifference: 0.5,
    numbers: [
      number('test.metrics.accuracy', 0.5, 0.25, false),
      number('validation.metrics.accuracy', 0.75, 0.75, true),
      number('test.count', 10, undefined, false),
    ],
  };
  assert.deepEqual(cellsOf(tableVerifications([verification])), [
    ['m', 50, 25, '1 of 3', '5 of 700', '3 of 700', 12],
  ]);
  assert.deepEqual(cellsOf(tableUnreproduced([verification])!), [
    ['m', 'test.metrics.accuracy', 0.5, 0.25],
    ['m', 'test.count', 10, undefined],
  ]);
  assert.equal(tableUnreproduced([{ ...verification, numbers: [verification.numbers[1]!] }]), null);
});

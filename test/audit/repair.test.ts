import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Claim, describeRepair } from '@ferlab/audit';
import { changeField, printedIn } from '../../packages/audit/src/repair/fields';
import { nextHittingSet } from '../../packages/audit/src/repair/hitting';
import { typosOf } from '../../packages/audit/src/repair/typos';
import { misprints } from '../../packages/audit/src/verify/misprints';
import { auditClaim } from '../../src/audit/audit';

const repairOf = async (claim: Claim) => {
  const { verdict, repair, readings } = await auditClaim(claim, { timeLimitSeconds: 60 });
  assert.equal(verdict, 'impossible');
  assert.ok(repair);
  return { ...repair, words: describeRepair(repair), reading: readings[0]!.reading };
};

const report: Claim = {
  title: 't',
  classes: ['a', 'b', 'c'],
  supports: { a: 120, b: 100, c: 80 },
  perClass: {
    recall: { a: '0.88', b: '0.90', c: '0.90' },
    precision: { a: '0.91', b: '0.84', c: '0.95' },
    f1: { a: '0.98', b: '0.87', c: '0.92' },
  },
};

test('two digits that were exchanged are found, and everything fits with the other order', async () => {
  const repair = await repairOf(report);
  assert.deepEqual(repair.changes, [
    { field: 'perClass.f1.a', meaning: 'F1 of a', from: '0.98', to: '0.89', how: 'two digits exchanged' },
  ]);
  assert.match(repair.words, /everything fits with F1 of a 0\.89 instead of 0\.98 \(two digits exchanged\)/);
  const repaired = changeField(report, 'perClass.f1.a', '0.89');
  assert.deepEqual(misprints(repaired, repair.witness!.matrix, repair.reading), []);
});

test('a slip in the last digit is the smallest repair of an accuracy that is no whole number', async () => {
  const claim = { title: 't', classes: ['a', 'b'], supports: { a: 2000, b: 1589 }, accuracy: '73.16%' };
  const { changes } = await repairOf(claim);
  assert.deepEqual(
    [changes[0]!.from, changes[0]!.to, changes[0]!.how],
    ['73.16%', '73.17%', 'the last digit'],
  );
});

test('a support that is not the official one, where all others are, is taken for a typing mistake', async () => {
  const supports = { Angry: 491, Disgust: 55, Fear: 628, Happy: 879, Sad: 594, Surprise: 416, Neutral: 626 };
  const claim = { title: 't', classes: Object.keys(supports), supports, n: 3589, accuracy: '0.70' };
  const { changes, words } = await repairOf(claim);
  assert.deepEqual([changes[0]!.field, changes[0]!.to], ['supports.Fear', '528']);
  assert.match(
    words,
    /support of Fear 528 instead of 628 \(official count of FER-2013 PrivateTest, as the others\)/,
  );
});

test('two figures that contradict others apart from each other need two changes, and one is proven too few', async () => {
  const claim = {
    ...report,
    perClass: { ...report.perClass, f1: { a: '0.98', b: '0.78', c: '0.92' } },
  };
  const { changes, atLeast, verdict } = await repairOf(claim);
  assert.deepEqual(changes.map(({ field }) => field).sort(), ['perClass.f1.a', 'perClass.f1.b']);
  assert.deepEqual([atLeast, verdict], [2, 'consistent']);
});

test('a cell of a printed matrix that several figures contradict is what is changed', async () => {
  const rows = { a: [8, 2, 0], b: [1, 6, 3], c: [0, 0, 5] };
  const claim: Claim = {
    title: 't',
    classes: ['a', 'b', 'c'],
    n: 25,
    accuracy: '0.76',
    perClass: { recall: { a: '0.80' } },
    confusion: { normalised: 'counts', rows: { ...rows, a: [9, 2, 0] } },
  };
  const { changes } = await repairOf(claim);
  assert.deepEqual([changes[0]!.field, changes[0]!.to], ['confusion.rows.a[0]', '8']);
});

test('equal supports make macro and weighted means one number', async () => {
  const means = { macro: { f1: '0.50' }, weighted: { f1: '0.52' } };
  const claim = { title: 't', classes: ['a', 'b'], supports: { a: 50, b: 50 }, means };
  const { readings } = await auditClaim(claim);
  const [first] = readings;
  assert.deepEqual(
    first!.certificate!.figures.map(({ field }) => field),
    ['means.macro.f1', 'means.weighted.f1'],
  );
  const other = await auditClaim({ ...claim, supports: { a: 90, b: 10 } });
  assert.equal(other.verdict, 'consistent');
});

test('a hitting set has one of every contradiction, and none is left when more are needed', () => {
  const sets = [['a', 'b'], ['b', 'c'], ['d']];
  assert.equal(nextHittingSet(sets, 1, new Set()), undefined);
  assert.deepEqual(nextHittingSet(sets, 2, new Set())?.sort(), ['b', 'd']);
  assert.equal(nextHittingSet(sets, 2, new Set(['b|d'])), undefined);
  assert.equal(nextHittingSet([[]], 3, new Set()), undefined);
});

test('typing mistakes keep the form of a figure, the smallest first', () => {
  const texts = typosOf('73.16%', false).map(({ text }) => text);
  assert.deepEqual(texts.slice(0, 4), ['73.17%', '73.15%', '73.18%', '73.14%']);
  assert.ok(texts.includes('37.16%') && texts.includes('73.61%'));
  assert.ok(typosOf('628', true).some(({ text, how }) => text === '28' || how === 'one digit too many'));
  assert.ok(typosOf('628', true).every(({ text }) => !text.startsWith('0')));
});

test('a field is found by its path, whatever the names of the classes are', () => {
  const claim: Claim = { title: 't', classes: ['a.b', '__proto__'], perClass: { recall: { 'a.b': '0.5' } } };
  assert.equal(printedIn(claim, 'perClass.recall.a.b'), '0.5');
  assert.equal(printedIn(changeField(claim, 'perClass.recall.a.b', '0.6'), 'perClass.recall.a.b'), '0.6');
  assert.equal(printedIn(claim, 'perClass.recall.__proto__'), undefined);
});

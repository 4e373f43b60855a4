import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { claimJsonSchema } from '../../packages/audit/src/claim/schema';
import { formatInterval, type Rounding } from '../../packages/audit/src/numbers/interval';
import { parseFigure } from '../../packages/audit/src/numbers/parse-figure';
import { parseClaim, validateClaim } from '../../src/audit/audit';
import { readClaim } from '../../src/audit/read-claim';
import { FerlabError } from '../../src/errors';

const base = { title: 't', classes: ['a', 'b'] };

/** The error that a malformed claim gives. */
function errorOf(change: object): FerlabError {
  try {
    validateClaim({ ...base, ...change });
  } catch (error) {
    assert.ok(error instanceof FerlabError);
    assert.equal(error.exitStatus, 2);
    assert.ok(error.remedy);
    return error;
  }
  assert.fail(`accepted ${JSON.stringify(change).slice(0, 80)}`);
}

test('malformed claims name the field', () => {
  const cases: [object, RegExp][] = [
    [{ supports: { a: -1 } }, /^supports\.a: /],
    [{ supports: { a: 1.5 } }, /^supports\.a: /],
    [{ supports: { a: 1, c: 2 } }, /^supports\.c: is not one of the classes/],
    [{ accuracy: '101%' }, /^accuracy: '101%' lies outside/],
    [{ accuracy: '1.01' }, /^accuracy: '1.01' lies outside/],
    [{ accuracy: 'NaN' }, /^accuracy: 'NaN' is not a figure/],
    [{ accuracy: '-0.5' }, /^accuracy: /],
    [{ accuracy: '' }, /^accuracy: /],
    [{ accuracy: '.' }, /^accuracy: /],
    [{ accuracy: 0.86 }, /^accuracy: /],
    [{ accuracy: '0.'.padEnd(1_000_000, '3') }, /^accuracy: /],
    [{ n: 0 }, /^n: /],
    [{ n: Number.POSITIVE_INFINITY }, /^n: /],
    [{ perClass: { recall: { c: '0.5' } } }, /^perClass\.recall\.c: is not one of the classes/],
    [{ perClass: { recal: { a: '0.5' } } }, /^perClass\.recal: is not a field/],
    [{ means: { macro: { f1: '50' } } }, /^means\.macro\.f1: /],
    [{ classes: ['a', 'a'] }, /^classes: 'a' occurs twice/],
    [{ classes: ['a'] }, /^classes: /],
    [{ dataset: 'imagenet' }, /^dataset: 'imagenet' is not built in/],
    [{ dataset: 'fer2013', part: 'Test' }, /^part: 'Test' is not a part of FER-2013/],
    [{ aggregation: { kind: 'folds', count: 1 } }, /^aggregation\.count: /],
    [{ confusion: { normalised: 'rows', rows: { a: ['1'] } } }, /^confusion\.rows\.a: has 1 cells/],
    [
      { confusion: { normalised: 'counts', rows: { a: ['1', '2'] } } },
      /^confusion\.rows\.a\[0\]: is a string/,
    ],
    [{ colour: 'red' }, /^colour: is not a field/],
  ];
  for (const [change, pattern] of cases) assert.match(errorOf(change).message, pattern);
  assert.ok(errorOf({ accuracy: '3'.repeat(1_000_000) }).message.length < 300);
});

test('what is wrong is said in the words of tables, and deep or odd input ends in an error', () => {
  const cases: [object, RegExp][] = [
    [{ n: 2.5 }, /^n: must be a whole number \(got 2\.5\)$/],
    [{ n: '25' }, /^n: must be a whole number \(got "25"\)$/],
    [{ n: 0 }, /^n: must be at least 1 /],
    [{ accuracy: 0.86 }, /^accuracy: must be text in quotes, such as "0\.86"/],
    [{ classes: 'a, b' }, /^classes: must be a list in square brackets/],
    [{ rounding: 'floor' }, /^rounding: must be one of nearest, truncated, up, unknown/],
    [{ supports: { a: '7' } }, /^supports\.a: must be a whole number/],
    [
      { confusion: { normalised: 'rows', rows: { a: [{}, '1'] } } },
      /^confusion\.rows\.a\.0: must be a figure in quotes/,
    ],
  ];
  for (const [change, pattern] of cases) assert.match(errorOf(change).message, pattern);
  assert.throws(() => parseClaim('['.repeat(200_000)), /more than 50 brackets/);
  assert.throws(() => parseClaim(`{"a":${'{"b":'.repeat(100_000)}`), /more than 50 brackets/);
  const proto = '{"title":"t","classes":["__proto__","b"],"perClass":{"recall":{"__proto__":"0.5"}}}';
  const claim = parseClaim(proto);
  assert.equal(Object.getPrototypeOf(claim.perClass!.recall), Object.prototype);
  assert.deepEqual(claim.classes, ['__proto__', 'b']);
});

test('a key that stands twice is noticed, at any depth', () => {
  const text = '{"title":"t","classes":["a","b"],\n"perClass":{"recall":{"a":"0.5","b":"0.4",\n"a":"0.6"}}}';
  assert.throws(() => parseClaim(text), /perClass\.recall\.a: the key occurs twice \(line 3\)/);
  assert.throws(() => parseClaim('{"n": NaN}'), /no JSON/);
  assert.throws(() => parseClaim('{"title": "t",}'), /no JSON/);
  assert.throws(() => readClaim('no-such-claim.json'), /no-such-claim\.json/);
  const same = '{"title":"t","classes":["a","b"],"perClass":{"recall":{"a":"0.5"},"f1":{"a":"0.5"}}}';
  assert.equal(parseClaim(`\uFEFF${same}`).classes.length, 2);
});

test('a figure stands for the numbers that are printed so', () => {
  const show = (text: string, rounding: Rounding, scale: 'fraction' | 'percent' = 'fraction') =>
    formatInterval(parseFigure(text, { field: 'f', scale, rounding }).interval);
  assert.equal(show('0.86', 'nearest'), '[0.855, 0.865]');
  assert.equal(show('0.860', 'nearest'), '[0.8595, 0.8605]');
  assert.equal(show('.8', 'nearest'), '[0.75, 0.85]');
  assert.equal(show('0.86', 'truncated'), '[0.86, 0.87)');
  assert.equal(show('0.86', 'up'), '(0.85, 0.86]');
  assert.equal(show('0.86', 'unknown'), '(0.85, 0.87)');
  assert.equal(show('73.28%', 'nearest'), '[0.73275, 0.73285]');
  assert.equal(show('73.28', 'nearest', 'percent'), '[0.73275, 0.73285]');
  assert.equal(show('1.00', 'nearest'), '[0.995, 1]');
  assert.equal(show('0', 'truncated'), '[0, 1)');
  assert.equal(parseFigure('73.28%', { field: 'f', scale: 'fraction', rounding: 'nearest' }).decimals, 4);
});

test('the published schema is the one that claims are checked against', () => {
  const published = JSON.parse(readFileSync(path.join(__dirname, '../../claims/claim.schema.json'), 'utf8'));
  assert.deepEqual(published, JSON.parse(JSON.stringify(claimJsonSchema())));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracyBounds } from '../../packages/audit/src/checks/macro-recall';
import { Fraction } from '../../packages/audit/src/numbers/fraction';
import {
  add,
  affine,
  ceilOf,
  closed,
  contains,
  countsFor,
  floorOf,
  harmonicInterval,
  type Interval,
  intersect,
  isEmpty,
} from '../../packages/audit/src/numbers/interval';

const at = (value: number) => new Fraction(value, 8);
/** An interval in eighths, such as `[1, 5)`. */
function interval(text: string): Interval {
  const [lo, hi] = text.slice(1, -1).split(',').map(Number) as [number, number];
  return { lo: at(lo), hi: at(hi), loOpen: text.startsWith('('), hiOpen: text.endsWith(')') };
}
const FORMS = ['[', '('].flatMap((open) => [']', ')'].map((close) => [open, close] as const));
const some = [0, 2, 3, 5, 8].flatMap((lo) =>
  [0, 2, 3, 5, 8]
    .filter((hi) => hi >= lo)
    .flatMap((hi) => FORMS.map(([open, close]) => interval(`${open}${lo},${hi}${close}`))),
);
/** Sixteenths, so that every border and every gap between borders is tried. */
const points = Array.from({ length: 17 }, (_, i) => new Fraction(i, 16));
const holds = (one: Interval, value: Fraction) =>
  (one.loOpen ? value.gt(one.lo) : value.gte(one.lo)) && (one.hiOpen ? value.lt(one.hi) : value.lte(one.hi));

test('an interval is empty when no number lies in it, and an intersection holds what both hold', () => {
  for (const a of some) {
    assert.equal(
      isEmpty(a),
      points.every((value) => !holds(a, value)),
    );
    for (const value of points) assert.equal(contains(a, value), holds(a, value));
    for (const b of some) {
      const both = intersect(a, b);
      for (const value of points) assert.equal(holds(both, value), holds(a, value) && holds(b, value));
      assert.equal(
        isEmpty(both),
        points.every((value) => !holds(both, value)),
      );
    }
  }
});

test('open ends stay with their ends when an interval is turned around, and win in a sum', () => {
  for (const a of some) {
    const turned = affine(a, new Fraction(-1), new Fraction(1));
    for (const value of points) assert.equal(holds(turned, new Fraction(1).sub(value)), holds(a, value));
  }
  const sum = add(interval('[1,3)'), interval('(2,4]'));
  assert.deepEqual([sum.lo.valueOf(), sum.hi.valueOf(), sum.loOpen, sum.hiOpen], [3 / 8, 7 / 8, true, true]);
});

test('counts are the whole numbers whose shares lie inside', () => {
  for (const a of some) {
    const n = 16;
    const found = Array.from({ length: n + 1 }, (_, k) => k).filter((k) => holds(a, new Fraction(k, n)));
    const { from, to } = countsFor(a, n);
    assert.deepEqual(
      Array.from({ length: n + 1 }, (_, k) => k).filter((k) => k >= from && k <= to),
      found,
    );
  }
  assert.deepEqual([floorOf(new Fraction(3)), floorOf(new Fraction(3), true)], [3, 2]);
  assert.deepEqual([ceilOf(new Fraction(3)), ceilOf(new Fraction(3), true)], [3, 4]);
  assert.deepEqual([floorOf(new Fraction(5, 2), true), ceilOf(new Fraction(5, 2), true)], [2, 3]);
});

test('the harmonic mean of two intervals ends at the harmonic means of their ends', () => {
  const found = harmonicInterval(interval('[2,4]'), interval('[4,8)'));
  assert.ok(found.lo.equals(new Fraction(1, 3)), found.lo.toString());
  assert.ok(found.hi.equals(new Fraction(2, 3)), found.hi.toString());
  assert.deepEqual([found.loOpen, found.hiOpen], [false, true]);
});

test('macro recall bounds the accuracy by the extreme matrices, both ends', () => {
  const supports = [1, 2, 5];
  const recalls = [0, 1, 2, 3, 4, 5];
  const bounds = accuracyBounds(supports, closed(new Fraction(1, 3), new Fraction(2, 3)));
  let [least, most] = [1, 0];
  for (const a of [0, 1])
    for (const b of [0, 1, 2])
      for (const c of recalls) {
        const macro = (a / 1 + b / 2 + c / 5) / 3;
        if (macro < 1 / 3 - 1e-12 || macro > 2 / 3 + 1e-12) continue;
        least = Math.min(least, (a + b + c) / 8);
        most = Math.max(most, (a + b + c) / 8);
      }
  assert.equal(bounds.lo.valueOf(), least);
  assert.equal(bounds.hi.valueOf(), most);
});

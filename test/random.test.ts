import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../src/random';

const draw = (...key: Parameters<typeof randomStream>) => {
  const stream = randomStream(...key);
  return Array.from({ length: 5 }, () => stream.uniform());
};

test('a stream depends on its seed and keys alone', () => {
  assert.deepEqual(draw(1, 'shuffle', 2), draw(1, 'shuffle', 2));
  for (const other of [
    draw(2, 'shuffle', 2),
    draw(0, 'shuffle', 2),
    draw(-1, 'shuffle', 2),
    draw(1, 'shuffle', 3),
    draw(1, 'dropout', 2),
  ]) {
    assert.notDeepEqual(draw(1, 'shuffle', 2), other);
  }
});

test('seeds give the numbers that the published models were trained with', () => {
  const stream = randomStream(1, 'split');
  assert.deepEqual([stream.uniform(), stream.uniform()], [0.7914281152188778, 0.02133212424814701]);
  assert.equal(stream.integer(1000), 374);
  assert.equal(stream.normal(), 0.7565759293611097);
  assert.equal(randomStream(0).uniform(), 0.605704344343394);
  assert.equal(randomStream(-1, 'dropout', 5).uniform(), 0.3630378588568419);
  const order = randomStream(7, 'order', 3).shuffle(Uint32Array.from({ length: 8 }, (_, i) => i));
  assert.deepEqual([...order], [2, 0, 1, 7, 6, 5, 4, 3]);
});

test('keys do not run into each other', () => {
  assert.notDeepEqual(draw(1, 'a', 11), draw(1, 'a1', 1));
  assert.notDeepEqual(draw(1, 12), draw(11, 2));
});

test('uniform and normal numbers have the moments of their distributions', () => {
  const stream = randomStream(7, 'moments');
  const n = 100_000;
  let uniformSum = 0;
  let normalSum = 0;
  let normalSquares = 0;
  for (let i = 0; i < n; i++) {
    uniformSum += stream.uniform();
    const z = stream.normal();
    normalSum += z;
    normalSquares += z * z;
  }
  // Four standard errors of each mean.
  assert.ok(Math.abs(uniformSum / n - 0.5) < 4 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(normalSum / n) < 4 / Math.sqrt(n));
  assert.ok(Math.abs(normalSquares / n - 1) < 4 * Math.sqrt(2 / n));
});

test('a shuffle keeps every item and gives each place the same chance', () => {
  const places = new Array(4).fill(0);
  for (let seed = 0; seed < 4000; seed++) {
    const order = randomStream(seed, 'shuffle').shuffle(Uint32Array.of(0, 1, 2, 3));
    assert.deepEqual([...order].sort(), [0, 1, 2, 3]);
    places[order.indexOf(0)]++;
  }
  for (const count of places) assert.ok(Math.abs(count - 1000) < 4 * Math.sqrt(750), `${places}`);
});

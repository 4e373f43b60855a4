import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeDifference } from '../../src/evaluate/paired';
import { changeOf, compare, pairsOf } from '../../src/site/client/changed';
import { type Filter, passes } from '../../src/site/client/filters';
import { type Judged, temper, unpack } from '../../src/site/client/images';
import { inUnit, matrixOf, minus } from '../../src/site/client/matrix';
import { textOf } from '../../src/site/client/matrix-view';
import { neighboursOf } from '../../src/site/client/neighbours';

const image = (
  row: number,
  truth: number,
  probabilities: number[],
  hasCopy: boolean | null = false,
): Judged => {
  const confidence = Math.max(...probabilities);
  return { row, truth, predicted: probabilities.indexOf(confidence), probabilities, confidence, hasCopy };
};

describe('packed predictions', () => {
  const packed = {
    whole: 1000,
    temperature: 0.5,
    rows: [7, 9],
    labels: [0, 1],
    predicted: [1, 1],
    copies: [9],
    // The first image: its unrounded probabilities were .49996 and .50004.
    probabilities: [500, 500, 200, 800],
  };

  test('keep the predicted class where rounded probabilities are level', () => {
    const [first, second] = unpack(packed, false);
    assert.deepEqual([first!.predicted, first!.confidence, first!.hasCopy], [1, 0.5, false]);
    assert.deepEqual([second!.row, second!.truth, second!.hasCopy], [9, 1, true]);
  });

  test('are divided by the temperature', () => {
    // Logits twice as far apart: .8 and .2 become .64 and .04 over .68.
    const [, second] = unpack(packed, true);
    assert.ok(Math.abs(second!.confidence - 0.64 / 0.68) < 1e-12);
    assert.deepEqual(temper([0.3, 0.7], 1), [0.3, 0.7]);
  });

  test('do not know of copies that nobody looked for', () => {
    assert.equal(unpack({ ...packed, copies: null }, false)[0]!.hasCopy, null);
  });
});

describe('matrices', () => {
  const images = [
    image(0, 0, [0.9, 0.1]),
    image(1, 0, [0.2, 0.8]),
    image(2, 1, [0.6, 0.4]),
    image(3, 0, [1, 0]),
    image(4, 0, [0.3, 0.7]),
  ];
  const counts = matrixOf(images, 2);

  test('count images, and give shares of rows, columns and all', () => {
    assert.deepEqual(counts, [
      [2, 2],
      [1, 0],
    ]);
    assert.deepEqual(inUnit(counts, 'row'), [
      [0.5, 0.5],
      [1, 0],
    ]);
    assert.deepEqual(inUnit(counts, 'column'), [
      [2 / 3, 1],
      [1 / 3, 0],
    ]);
    assert.deepEqual(inUnit(counts, 'all'), [
      [0.4, 0.4],
      [0.2, 0],
    ]);
    assert.deepEqual(
      inUnit(
        [
          [0, 0],
          [0, 3],
        ],
        'row',
      )[0],
      [0, 0],
    );
  });

  test('differ cell by cell, with a sign', () => {
    assert.deepEqual(minus([[3, 1]], [[1, 4]]), [[2, -3]]);
    assert.equal(textOf(-3, 'count', true), '−3');
    assert.equal(textOf(0.0123, 'row', true), '+1.2');
    assert.equal(textOf(0, 'all', true), '0.0');
    assert.equal(textOf(12, 'count', false), '12');
  });
});

describe('filters', () => {
  const none: Filter = {
    truth: '',
    predicted: '',
    correct: '',
    copies: '',
    from: '',
    to: '',
    darkest: '',
    brightest: '',
  };
  const right = image(1, 2, [0.1, 0.2, 0.7], true);
  const wrong = image(2, 1, [0.5, 0.3, 0.2]);
  const kept = (filter: Partial<Filter>, brightness?: number) =>
    [right, wrong].filter((one) => passes(one, { ...none, ...filter }, brightness)).map(({ row }) => row);

  test('let everything pass by default', () => assert.deepEqual(kept({}), [1, 2]));
  test('by class', () => {
    assert.deepEqual(kept({ truth: '2' }), [1]);
    assert.deepEqual(kept({ predicted: '0' }), [2]);
  });
  test('by correctness', () => {
    assert.deepEqual(kept({ correct: 'right' }), [1]);
    assert.deepEqual(kept({ correct: 'wrong' }), [2]);
  });
  test('by copies', () => {
    assert.deepEqual(kept({ copies: 'with' }), [1]);
    assert.deepEqual(kept({ copies: 'without' }), [2]);
  });
  test('by confidence, both ends included', () => {
    assert.deepEqual(kept({ from: '50', to: '60' }), [2]);
    assert.deepEqual(kept({ from: '51' }), [1]);
  });
  test('by brightness, where it is known', () => {
    assert.deepEqual(kept({ darkest: '100' }, 99), []);
    assert.deepEqual(kept({ brightest: '100' }, 99), [1, 2]);
    assert.deepEqual(kept({ darkest: '100' }), [1, 2]);
  });
});

test('neighbours are the images with the nearest probabilities, without the image itself', () => {
  const own = image(1, 0, [1, 0]);
  const found = neighboursOf(
    own,
    [own, image(2, 0, [0, 1]), image(3, 0, [1, 0]), image(4, 1, [0.25, 0.75])],
    2,
  );
  assert.deepEqual(
    found.map(({ image: { row } }) => row),
    [3, 4],
  );
  // Hellinger: sqrt(((1 - .5)^2 + .75) / 2)
  assert.equal(found[0]!.distance, 0);
  assert.ok(Math.abs(found[1]!.distance - Math.sqrt(0.5)) < 1e-12);
});

describe('two models', () => {
  const first = [
    image(1, 0, [0.9, 0.1]),
    image(2, 0, [0.4, 0.6]),
    image(3, 1, [0.3, 0.7]),
    image(8, 1, [1, 0]),
  ];
  const second = [
    image(1, 0, [0.3, 0.7]),
    image(2, 0, [0.8, 0.2]),
    image(3, 1, [0.1, 0.9]),
    image(9, 1, [0, 1]),
  ];
  const pairs = pairsOf(first, second);

  test('are compared on the images of both', () => {
    assert.deepEqual(
      pairs.map((pair) => [pair.first.row, changeOf(pair)]),
      [
        [1, 'first'],
        [2, 'second'],
        [3, null],
      ],
    );
  });

  test('differ by a paired interval, the one of the tables', () => {
    const found = compare(pairs);
    const expected = describeDifference({ images: 3, onlyFirst: 1, onlySecond: 1 });
    assert.deepEqual(
      { difference: found.difference, interval: found.interval, p: found.p },
      { difference: expected.difference, interval: expected.interval, p: expected.p },
    );
    assert.deepEqual([found.firstRight, found.secondRight], [2, 2]);
  });

  test('may both be wrong in their own ways', () => {
    const one = image(1, 0, [0, 1, 0]);
    assert.equal(changeOf({ first: one, second: image(1, 0, [0, 0, 1]) }), 'both-wrong');
    assert.equal(changeOf({ first: one, second: one }), null);
  });
});

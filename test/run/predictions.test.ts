import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FerlabError } from '../../src/errors';
import { applyTemperature } from '../../src/predict/temperature';
import { randomStream } from '../../src/random';
import type { Predictions } from '../../src/run/predictions';
import { loadPredictions, savePredictions } from '../../src/run/predictions-file';
import { fixturePredictions, originOf, PREDICTIONS_FILE } from '../evaluate/fixtures';

const folder = mkdtempSync(join(tmpdir(), 'ferlab-predictions-'));
after(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'predictions.csv');

/** Images whose probabilities range from 1 down to what float32 can hardly hold. */
function somePredictions(count: number): Predictions {
  const stream = randomStream(7, 'predictions');
  const positive = Float32Array.from({ length: count * 7 }, () => Math.max(1e-6, stream.uniform()));
  return {
    ...originOf('test'),
    rows: Uint32Array.from({ length: count }, (_, i) => 4_000_000_000 + i),
    labels: Uint8Array.from({ length: count }, () => stream.integer(7)),
    probabilities: applyTemperature(positive, 0.2, 7),
  };
}

test('what was saved is loaded to the bit', () => {
  const saved = somePredictions(500);
  savePredictions(path, saved);
  assert.deepEqual(loadPredictions(path, originOf('test')), saved);
  assert.ok(saved.probabilities.some((probability) => probability < 1e-8));
});

test('CRLF, a byte-order mark and blank lines at the end are accepted', () => {
  const text = readFileSync(PREDICTIONS_FILE, 'utf8');
  writeFileSync(path, `\uFEFF${text.replace(/\n/g, '\r\n')}\r\n\r\n`);
  assert.deepEqual(loadPredictions(path, originOf('test')), fixturePredictions('test'));
});

const HEADER = 'row,label,angry,disgust,fear,happy,sad,surprise,neutral';
const GOOD = '0,3,0.1,0.1,0.1,0.4,0.1,0.1,0.1';
for (const [what, lines, message] of [
  ['an empty file', [], /line 1: the header/],
  ['another header', ['row,label,a,b,c,d,e,f,g', GOOD], /line 1: the header/],
  ['a header alone', [HEADER], /line 2: there are no predictions/],
  ['a cut line', [HEADER, GOOD, '1,3,0.1,0.1'], /line 3: 4 fields instead of 9/],
  ['a blank line between', [HEADER, GOOD, '', GOOD], /line 3: 1 fields instead of 9/],
  ['an empty field', [HEADER, GOOD, '1,3,0.5,0.5,,0,0,0,0'], /line 3: "" is not a number/],
  ['NaN', [HEADER, '1,3,NaN,0.5,0.5,0,0,0,0'], /line 2: "NaN" is not a number/],
  ['a negative probability', [HEADER, '1,3,-0.1,0.6,0.5,0,0,0,0'], /line 2: "-0.1" is not a number/],
  ['a probability above 1', [HEADER, '1,3,1.5,0,0,0,0,0,0'], /line 2: the probabilities add up to 1.5/],
  ['label 7', [HEADER, '1,7,1,0,0,0,0,0,0'], /line 2: the label 7 is not between 0 and 6/],
  ['half a row', [HEADER, '1.5,3,1,0,0,0,0,0,0'], /line 2: the row 1.5 is not a row number/],
  ['an image twice', [HEADER, GOOD, GOOD], /line 3: image 0 is already in line 2/],
] as const) {
  test(`${what} is refused with file and line`, () => {
    writeFileSync(path, `${lines.join('\n')}\n`);
    assert.throws(
      () => loadPredictions(path, originOf('test')),
      (error) => {
        assert.ok(error instanceof FerlabError);
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(path));
        assert.ok(error.remedy);
        return true;
      },
    );
  });
}

test('a file that is not there is an error with a remedy', () => {
  assert.throws(() => loadPredictions(join(folder, 'none.csv'), originOf('test')), FerlabError);
});

test('predictions of another part, other weights, other data, other classes or other views are refused', () => {
  const saved = { ...somePredictions(5), views: 'mirror' };
  savePredictions(path, saved);
  const { rows, labels, probabilities, ...origin } = saved;
  assert.deepEqual(loadPredictions(path, origin), saved);
  for (const [change, message] of [
    [{ part: 'validation' }, /another part: "test" where "validation" is needed/],
    [{ weightsSha256: 'c'.repeat(64) }, /another weights/],
    [{ datasetSha256: 'c'.repeat(64) }, /another data/],
    [{ classes: ['a', 'b'] }, /another class names/],
    [{ views: 'single' }, /another test-time views/],
  ] as const)
    assert.throws(() => loadPredictions(path, { ...origin, ...change }), message);
});

test('a line of origin that is damaged or of a newer form is refused', () => {
  savePredictions(path, somePredictions(2));
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  for (const line of [
    '# ferlab-predictions-3 {}',
    '# ferlab-predictions-2 {',
    '# ferlab-predictions-2 {"part":"training"}',
  ]) {
    writeFileSync(path, [line, ...rest].join('\n'));
    assert.throws(() => loadPredictions(path, originOf('test')), /line 1/, line);
  }
});

test('any number of classes is written and read', () => {
  const three = {
    ...originOf('test'),
    classes: ['cat', 'dog', 'none'],
    rows: Uint32Array.of(4, 2),
    labels: Uint8Array.of(2, 0),
    probabilities: Float32Array.of(0.5, 0.25, 0.25, 0, 0, 1),
  };
  savePredictions(path, three);
  assert.deepEqual(loadPredictions(path, { ...originOf('test'), classes: three.classes }), three);
});

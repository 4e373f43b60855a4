import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { countCrowdLabels, leadersOf, summarizeVotes } from '../../src/dataset/crowd';
import { loadVotes } from '../../src/dataset/ferplus';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { SAMPLE } from '../../src/dataset/specs/sample';
import { FerlabError } from '../../src/errors';
import { scratchFolder } from './files';

const HEADER = 'Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF';

/** Three images: seven see happiness and three surprise; all see no face; five fear, five surprise. */
const ROWS = [
  'Training,a.png,0,7,3,0,0,0,0,0,0,0',
  'PublicTest,,0,0,0,0,0,0,0,0,0,10',
  'PrivateTest,c.png,0,0,5,0,0,0,5,0,0,0',
];

const dataset = (path: string) => ({
  count: 3,
  labels: Uint8Array.of(3, 0, 2),
  usages: Uint8Array.of(0, 1, 2),
  spec: FER2013,
  source: { path, format: '', sha256: '' },
});

function write(t: TestContext, rows: readonly string[], header = HEADER): string {
  const folder = scratchFolder(t);
  writeFileSync(join(folder, 'fer2013new.csv'), [header, ...rows].join('\n'));
  return join(folder, 'fer2013.csv');
}

test('votes are found beside the data and summed up as by hand', (t) => {
  const votes = loadVotes(dataset(write(t, ROWS)))!;
  assert.deepEqual([...leadersOf(votes)], [1, 9, -1]);
  const summary = summarizeVotes(votes);
  assert.equal(summary.notFaces, 1);
  // First image: the seven agree (6 against 3), the three do not. Second: all ten. Third: nobody (4 against 5).
  assert.equal(summary.taggerAgreement, 17 / 30);
  assert.equal(summary.taggerAgreementOnEmotions, 7 / 20);
  assert.equal(summary.bestSingleAnswer, 12 / 20);
  const counts = countCrowdLabels(votes, { spec: FER2013, labels: Uint8Array.of(3, 0, 2) });
  assert.deepEqual([counts[3]![1], counts[0]![9], counts[2]!.reduce((a, b) => a + b)], [1, 1, 0]);
  assert.equal(
    countCrowdLabels(votes, { spec: FER2013, labels: Uint8Array.of(3, 0, 2) }, 'Training')[0]![9],
    0,
  );
});

test('there are no votes for the sample, whatever $FERPLUS names, and none where there is no file', (t) => {
  const path = join(scratchFolder(t), 'fer2013.csv');
  assert.equal(loadVotes(dataset(path)), null);
  process.env.FERPLUS = write(t, ROWS).replace('fer2013.csv', 'fer2013new.csv');
  t.after(() => delete process.env.FERPLUS);
  assert.notEqual(loadVotes(dataset(path)), null);
  assert.equal(loadVotes({ ...dataset(path), spec: SAMPLE }), null);
});

test('votes of other data, broken rows and other files are refused', (t) => {
  const refuses = (path: string, pattern: RegExp) =>
    assert.throws(
      () => loadVotes(dataset(path)),
      (error: unknown) => error instanceof FerlabError && pattern.test(error.message) && !!error.remedy,
    );
  refuses(write(t, ROWS.slice(0, 2)), /2 rows for 3 images/);
  refuses(write(t, [ROWS[0]!, ROWS[2]!, ROWS[1]!]), /row 2 belongs to another part/);
  refuses(write(t, [ROWS[0]!, ROWS[1]!, 'PrivateTest,c.png,0,0,x,0,0,0,5,0,0,0']), /line 4: surprise/);
  refuses(write(t, [ROWS[0]!, ROWS[1]!, 'PrivateTest,c.png,0,0,,0,0,0,5,0,0,0']), /line 4: surprise/);
  refuses(write(t, ROWS, HEADER.replace('NF', 'nothing')), /no column NF/);
});

test('votes in another order within a part are noticed by their agreement with the labels', (t) => {
  // 600 images of the seven classes in turn, whose taggers agree with the label.
  const columns = [4, 5, 6, 1, 3, 2, 0];
  const row = (label: number) =>
    `Training,,${Array.from({ length: 10 }, (_, i) => (i === columns[label] ? 10 : 0)).join(',')}`;
  const labels = Uint8Array.from({ length: 600 }, (_, i) => i % 7);
  const rows = [...labels].map(row);
  const whole = (path: string) => ({ ...dataset(path), count: 600, labels, usages: new Uint8Array(600) });
  assert.equal(loadVotes(whole(write(t, rows)))!.count, 600);
  const permuted = [...rows.slice(3), ...rows.slice(0, 3)];
  assert.throws(
    () => loadVotes(whole(write(t, permuted))),
    /only 0 % of the votes agree with the labels of Training/,
  );
});

test('votes of which only some rows are in another order are noticed, by their names and by stretches', (t) => {
  const columns = [4, 5, 6, 1, 3, 2, 0];
  const labels = Uint8Array.from({ length: 5000 }, (_, i) => (3 * i) % 7);
  const row = (label: number, name: string) =>
    `Training,${name},${Array.from({ length: 10 }, (_, i) => (i === columns[label] ? 10 : 0)).join(',')}`;
  const whole = (path: string) => ({ ...dataset(path), count: 5000, labels, usages: new Uint8Array(5000) });
  const moved = (rows: readonly string[]) => [
    ...rows.slice(0, 1001),
    ...rows.slice(1002, 1500),
    rows[1001]!,
    ...rows.slice(1500),
  ];
  const unnamed = [...labels].map((label) => row(label, ''));
  assert.throws(
    () => loadVotes(whole(write(t, moved(unnamed)))),
    /in lines 1002 to 1501 only 0 % of the votes agree/,
  );
  const named = [...labels].map((label, i) => row(label, `fer${String(i).padStart(7, '0')}.png`));
  assert.equal(loadVotes(whole(write(t, named)))!.count, 5000);
  // Every fiftieth pair is exchanged: too few for the agreement.
  const exchanged = named.map((_, i) => named[i % 100 === 0 ? i + 1 : i % 100 === 1 ? i - 1 : i]!);
  assert.throws(
    () => loadVotes(whole(write(t, exchanged))),
    /50 rows are not in the order of their names, from line 3 on/,
  );
});

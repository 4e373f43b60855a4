import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSample } from '../../src/dataset/sample';
import { asProtocolImages, type ProtocolImages } from '../../src/protocol/images';
import { checkOrder, type Operation } from '../../src/protocol/operations';
import { checkPreprocessing, parseStatistics } from '../../src/protocol/preprocessing';
import { checkSubjects } from '../../src/protocol/subjects';

/** Two images a part, with flat grey levels: training 10 and 30, test 100 and 200. */
function flat(files: readonly string[] | null = null): ProtocolImages {
  const levels = [10, 30, 100, 200];
  return {
    spec: {
      side: 2,
      parts: [
        { name: 'training', role: 'training' },
        { name: 'test', role: 'test' },
      ],
    },
    count: 4,
    images: Uint8Array.from(levels.flatMap((level) => [level, level, level, level])),
    usages: Uint8Array.of(0, 0, 1, 1),
    source: 'made up',
    nameOf: (row) => `row ${row + 1}`,
    files,
  };
}

test('people are told apart by the names of CK+, JAFFE and a given pattern', () => {
  const ck = [
    'S010_004_00000017.png',
    'S011_001_00000014.png',
    'S010_006_00000013.png',
    'S012_001_00000001.png',
  ];
  const shared = checkSubjects(flat(ck));
  assert.deepEqual([shared.verdict, shared.examples], ['leak', ['S010 in training and test']]);
  const jaffe = ['a/KA.AN1.39.tiff', 'a/KL.AN1.40.tiff', 'b/KM.AN1.41.tiff', 'b/KR.AN1.42.tiff'];
  assert.equal(checkSubjects(flat(jaffe)).verdict, 'clean');
  const own = ['7_a.png', '8_a.png', '8_b.png', '9_a.png'];
  assert.equal(checkSubjects(flat(own)).verdict, 'not checked');
  assert.deepEqual(checkSubjects(flat(own), '^(\\d+)_').examples, ['8 in training and test']);
  assert.throws(() => checkSubjects(flat(own), '('), /no pattern with a group/);
  assert.throws(() => checkSubjects(flat(own), 'abc'), /no pattern with a group/);
});

test('printed statistics are those of the training part, of all images, or of neither', () => {
  // Training: mean 20, deviation 10. All: mean 85, deviation sqrt((75^2 + 55^2 + 15^2 + 115^2) / 4) = 74.33.
  const verdict = (text: string) => checkPreprocessing(flat(), parseStatistics(text)).verdict;
  assert.equal(verdict('20.00,10.00'), 'clean');
  assert.equal(verdict('85.00,74.33'), 'leak');
  assert.equal(verdict('0.3333,0.2915'), 'leak');
  assert.equal(verdict('0.078,0.039'), 'clean');
  assert.equal(verdict('50,20'), 'open');
  assert.equal(checkPreprocessing(flat(), null).verdict, 'not checked');
  assert.throws(() => parseStatistics('0.5'), /not a mean and a standard deviation/);
});

const HONEST: readonly Operation[] = [
  { operation: 'split', on: ['all'] },
  { operation: 'fit', on: ['training'] },
  { operation: 'augment', on: ['training'] },
  { operation: 'train', on: ['training'] },
  { operation: 'choose', on: ['validation'] },
  { operation: 'evaluate', on: ['test'] },
];

test('the order of operations: what comes before the split, and what sees test images', () => {
  assert.equal(checkOrder(HONEST).verdict, 'clean');
  const first = (one: Operation) => checkOrder([one, ...HONEST]).verdict;
  assert.equal(first({ operation: 'augment', on: ['all'] }), 'leak');
  assert.equal(first({ operation: 'oversample', on: ['all'] }), 'leak');
  assert.equal(first({ operation: 'fit', on: ['all'] }), 'leak');
  const last = (one: Operation) => checkOrder([...HONEST, one]).verdict;
  assert.equal(first({ operation: 'fit', on: ['training'] }), 'leak');
  assert.equal(last({ operation: 'fit', on: ['test'] }), 'leak');
  assert.equal(last({ operation: 'fit', on: ['training'] }), 'clean');
  assert.equal(last({ operation: 'choose', on: ['test'] }), 'leak');
  assert.equal(last({ operation: 'choose', on: ['all'] }), 'leak');
  assert.equal(last({ operation: 'relabel', on: ['test'] }), 'leak');
  assert.equal(last({ operation: 'evaluate', on: ['training'] }), 'leak');
  assert.equal(last({ operation: 'evaluate', on: ['validation'] }), 'clean');
  assert.equal(checkOrder(HONEST.slice(3)).verdict, 'open');
  assert.equal(checkOrder(null).verdict, 'not checked');
});

test('a table names its rows', () => {
  const sample = asProtocolImages(buildSample({ seed: 5 }), 'sample');
  assert.equal(sample.nameOf(11), 'row 12');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results } from '../../src/evaluate/results';
import { bestRecipes, groupBySeed, spread } from '../../src/evaluate/seeds';
import { reportFigures } from '../../src/report/figures/list';
import { columnNames, formatCells } from '../../src/report/formats/cells';
import { PAPER_SAMPLES, PAPER_TABLES, PAPER_TEXT_RECALL, paperTable } from '../../src/report/paper';
import { cellsOf, type ReportTable } from '../../src/report/table';
import { tableAccuracy } from '../../src/report/tables/accuracy';
import { tableConfusion } from '../../src/report/tables/confusion';
import { reportTables } from '../../src/report/tables/list';
import { tablePaperFigures } from '../../src/report/tables/paper-figures';
import { tablePerClass } from '../../src/report/tables/per-class';
import { tableSeeds } from '../../src/report/tables/seeds';
import { tableSummary } from '../../src/report/tables/summary';
import { tableTrainings } from '../../src/report/tables/trainings';
import { temporaryFolder } from '../temporary';
import { EDGE_CASES, fakeResults } from './fake-run';

const PAPER_ORDER = ['Happiness', 'Sadness', 'Anger', 'Fear', 'Disgust', 'Surprise', 'Neutral'];
const folder = temporaryFolder();
const usual = fakeResults(folder);
const firstColumn = (table: ReportTable) => cellsOf(table).map(([name]) => name);
const rowOf = (table: ReportTable, name: string) => formatCells(table)[firstColumn(table).indexOf(name)]!;

test("the paper's tables, row by row, as printed", () => {
  // Happiness .. Neutral, then the last row, of Tables I to IV.
  const printed = {
    accuracy: '0.92 0.88 0.85 0.82 0.8 0.9 0.87 0.86',
    precision: '0.87 0.74 0.7 0.65 0.61 0.82 0.79 0.77',
    recall: '0.85 0.71 0.68 0.62 0.59 0.8 0.76 0.74',
    f1: '0.86 0.72 0.69 0.63 0.6 0.81 0.77 0.75',
  };
  for (const { metric, overall } of PAPER_TABLES) {
    const table = metric === 'accuracy' ? tableAccuracy(usual) : tablePerClass(usual, metric);
    assert.deepEqual(firstColumn(table).slice(0, 7), PAPER_ORDER);
    const column = formatCells(table).map((row) => row[3]);
    assert.equal([...column.slice(0, 7), overall].join(' '), printed[metric]);
    assert.ok(column.slice(7).every((value) => value === overall));
  }
  assert.equal(
    formatCells(tableAccuracy(usual))
      .slice(0, 8)
      .map((row) => row[1])
      .join(' '),
    '6,215 4,850 4,132 3,847 2,500 5,056 6,500 35,887',
  );
  assert.equal(
    PAPER_SAMPLES.reduce((sum, text) => sum + Number(text.replace(',', '')), 0),
    33_100,
  );
});

test('the recalls of the text on Fig. 3 are the F1s of Table IV, but for Happiness', () => {
  const differing = PAPER_TEXT_RECALL.flatMap((text, label) =>
    Number(text) === Number(paperTable('f1').values[label]) ? [] : [label],
  );
  assert.deepEqual(differing, [3]);
  const above = PAPER_TEXT_RECALL.filter(
    (text, label) => Math.round(100 * (Number(text) - Number(paperTable('recall').values[label]))) === 1,
  );
  assert.equal(above.length, 6);
});

test('value, difference and interval of a class', () => {
  const { metrics, intervals } = usual.test;
  const [, , support, , ours, difference, interval] = rowOf(tablePerClass(usual, 'recall'), 'Fear');
  assert.equal(support, '528');
  assert.equal(ours, metrics.perClass[2]!.recall.toFixed(3));
  assert.equal(
    Number(difference!.replace('−', '-')),
    Number((metrics.perClass[2]!.recall - 0.62).toFixed(3)),
  );
  assert.equal(interval, intervals.perClass[2]!.recall.map((end) => end.toFixed(3)).join(' to '));
});

test('Table I holds both readings, overall accuracy and the means', () => {
  const table = tableAccuracy(usual);
  assert.equal(new Set(columnNames(table)).size, columnNames(table).length);
  assert.deepEqual(firstColumn(table).slice(7), ['Overall accuracy', 'Macro mean', 'Weighted mean']);
  const accuracy = rowOf(table, 'Overall accuracy');
  assert.deepEqual(accuracy.slice(4, 7), ['–', '–', '–']);
  assert.equal(accuracy[7], usual.test.metrics.accuracy.toFixed(3));
  assert.equal(rowOf(table, 'Macro mean')[4], usual.test.metrics.macro.oneVsRestAccuracy.toFixed(3));
  assert.equal(rowOf(table, 'Weighted mean')[7], accuracy[7]);
});

test('Table IV holds both definitions of macro F1', () => {
  const table = tablePerClass(usual, 'f1');
  assert.equal(rowOf(table, 'Overall, macro mean')[4], usual.test.metrics.macro.f1.toFixed(3));
  assert.equal(rowOf(table, 'Overall, F1 of macro means')[4], usual.test.metrics.macroF1OfMeans.toFixed(3));
});

test('what is undefined is a dash with a note, what is zero is a zero', () => {
  const happy = fakeResults(temporaryFolder(), EDGE_CASES['a run that always says Happy']);
  const precision = tablePerClass(happy, 'precision');
  assert.deepEqual(rowOf(precision, 'Disgust').slice(4), ['–', '–', '–']);
  assert.ok(precision.notes!.some((note) => note.startsWith('Disgust was never predicted: its precision')));
  assert.equal(rowOf(tablePerClass(happy, 'recall'), 'Disgust')[4], '0.000');
  const without = fakeResults(temporaryFolder(), EDGE_CASES['a test part without Disgust']);
  assert.equal(rowOf(tablePerClass(without, 'recall'), 'Disgust')[4], '–');
  assert.ok(tableAccuracy(without).notes!.some((note) => note.startsWith('Disgust has no test images')));
  assert.ok(!tablePerClass(usual, 'precision').notes!.some((note) => note.includes('undefined')));
});

test('every title of the synthetic sample says so', () => {
  const synthetic = fakeResults(temporaryFolder(), { kind: 'synthetic' });
  const tables = Object.entries(reportTables([synthetic, synthetic]));
  assert.equal(tables.length, 12);
  for (const [name, table] of tables) {
    if (name !== 'paper-figures') assert.match(table.title!, /synthetic sample/, name);
  }
  for (const table of Object.values(reportTables([usual]))) assert.doesNotMatch(table.title!, /synthetic/);
});

test('the confusion matrix has its sums', () => {
  const table = tableConfusion(usual);
  assert.deepEqual(
    cellsOf(table)
      .slice(0, 7)
      .map((row) => row.at(-1)),
    [491, 55, 528, 879, 594, 416, 626],
  );
  assert.equal(cellsOf(table)[7]!.at(-1), 3589);
});

test('the summary has every measure, the temperature and both parts', () => {
  const table = tableSummary(usual);
  assert.equal(rowOf(table, 'Accuracy')[1], usual.test.metrics.accuracy.toFixed(3));
  assert.equal(rowOf(table, 'Accuracy')[3], usual.validation.metrics.accuracy.toFixed(3));
  assert.ok(table.notes!.some((note) => note.includes(usual.tempered.temperature.toFixed(3))));
});

test('without copies: the summary has columns, other tables and figures have twins; nobody looked, no twin', () => {
  const copied = fakeResults(temporaryFolder(), { copies: 288 });
  const table = tableSummary(copied);
  const { withoutCopies } = copied.test;
  assert.equal(rowOf(table, 'Accuracy')[3], withoutCopies!.metrics.accuracy.toFixed(3));
  assert.ok(
    table.notes!.includes('Without copies: 3,301 test images; 288 have an exact copy in the training part.'),
  );
  const twin = reportTables([copied])['table-3-recall-without-copies']!;
  assert.match(twin.title!, /paper and ours, without copies$/);
  assert.equal(rowOf(twin, 'Fear')[4], withoutCopies!.metrics.perClass[2]!.recall.toFixed(3));
  assert.match(twin.notes!.join(), /3,301 test images, without copies of training images/);
  assert.equal(
    reportFigures(copied)['confusion-matrix-without-copies']!.layout.title!.text.includes('without'),
    true,
  );
  for (const none of [usual, fakeResults(temporaryFolder(), { copies: 0 })]) {
    assert.ok(!columnNames(tableSummary(none)).includes('Without copies'));
    const names = [...Object.keys(reportTables([none])), ...Object.keys(reportFigures(none))];
    assert.deepEqual(
      names.filter((name) => name.includes('without')),
      [],
    );
  }
});

test('captions and text are told apart', () => {
  assert.deepEqual(
    cellsOf(tablePaperFigures()).map((row) => row.slice(0, 3).join(': ')),
    [
      'Fig. 2: Accuracy: Precision',
      'Fig. 3: Recall: Recall',
      'Fig. 4: F1-score: F1-score',
      'Fig. 5: Accuracy: Accuracy',
    ],
  );
});

test('mean and spread over seeds, a column for each protocol', () => {
  const { mean: middle, standardDeviation: deviation, ...ends } = spread([0.75, 0.5, 0.25]);
  assert.deepEqual([middle, deviation, ends], [0.5, 0.25, { smallest: 0.25, largest: 0.75 }]);
  assert.equal(spread([0.7]).standardDeviation, null);
  const runs = ([3, 1, 2] as const).map((seed) => fakeResults(folder, { seed, protocol: 'paper' }));
  const groups = groupBySeed([usual, ...runs]);
  assert.deepEqual(
    groups.map(({ protocol, seeds }) => [protocol, seeds]),
    [
      ['official', [1]],
      ['paper', [1, 2, 3]],
    ],
  );
  const otherData: Results = { ...usual, dataset: { ...usual.dataset, sha256: 'c'.repeat(64) } };
  assert.equal(groupBySeed([usual, otherData]).length, 2);
  const named = (name: string): Results => ({ ...usual, classifier: { ...usual.classifier, name } });
  const ensemble: Results = {
    ...usual,
    training: null,
    classifier: { ...usual.classifier, name: 'both', kind: 'ensemble', recipe: 'a b', seed: null },
  };
  assert.equal(groupBySeed([usual, ensemble]).length, 2);
  const alike = tableSeeds([named('first'), ensemble, ...runs], 'recall');
  assert.deepEqual(columnNames(alike).slice(2), ['first', 'both', 'paper, 3 runs']);
  const alone = tableSeeds([ensemble, ...runs], 'recall');
  assert.deepEqual(columnNames(alone).slice(2), ['both', 'paper, 3 runs']);
  assert.ok(alone.notes!.includes('both: official split, an ensemble.'));
  const table = tableSeeds([usual, ...runs], 'recall');
  assert.deepEqual(columnNames(table), ['Emotion', 'Paper', 'official, 1 run', 'paper, 3 runs']);
  const recalls = runs.map(({ test: part }) => part.metrics.perClass[3]!.recall);
  const { mean, standardDeviation } = spread(recalls);
  assert.deepEqual(rowOf(table, 'Happiness').slice(2), [
    usual.test.metrics.perClass[3]!.recall.toFixed(3),
    `${mean.toFixed(3)} ± ${standardDeviation!.toFixed(3)}`,
  ]);
  assert.equal(columnNames(tableSeeds([usual, ...runs], 'accuracy')).length, 6);
});

test('of recipes with one seed the best by validation stays, of each protocol and kind; others all stay', () => {
  const withAccuracy = (
    name: string,
    accuracy: number,
    change: Partial<Results['classifier']>,
    protocol?: 'paper',
  ): Results => ({
    ...usual,
    classifier: { ...usual.classifier, name, ...change },
    split: { ...usual.split, ...(protocol && { protocol }) },
    validation: { ...usual.validation, metrics: { ...usual.validation.metrics, accuracy } },
  });
  const kept = bestRecipes([
    withAccuracy('worse', 0.5, { recipe: '7 epochs' }),
    withAccuracy('seed 1', 0.3, { recipe: 'rate 0.5', seed: 1 }),
    withAccuracy('better', 0.6, { recipe: '9 epochs' }),
    withAccuracy('seed 2', 0.2, { recipe: 'rate 0.5', seed: 2 }),
    withAccuracy('other protocol', 0.1, { recipe: '7 epochs' }, 'paper'),
    withAccuracy('ensemble', 0.4, { kind: 'ensemble', recipe: 'worse better', seed: null }),
  ]);
  assert.deepEqual(
    kept.map(({ classifier }) => classifier.name),
    ['seed 1', 'better', 'seed 2', 'other protocol', 'ensemble'],
  );
});

test('whole trainings are told apart by recipe, cost and validation accuracy', () => {
  const teacher = { model: 'wise', share: 0.7 };
  const { history, record } = usual.training!;
  const config = { ...record.config, mixupAlpha: 0.4, teacher };
  const taught: Results = {
    ...usual,
    training: { history, record: { ...record, parameters: 1_810_000, trainingSeconds: 630, config } },
  };
  assert.match(tableTrainings([usual, { ...taught, isSynthetic: true }]).title!, /synthetic sample/);
  const table = tableTrainings([usual, taught]);
  const [first, second] = formatCells(table);
  assert.match(first![1]!, /^AdamW 0\.001$/);
  assert.match(second![1]!, /^AdamW 0\.001, mixup 0\.4, 70 % of targets from wise$/);
  const { validation } = usual;
  assert.deepEqual(second!.slice(2, 6), [
    '1.81',
    String(history.length),
    ((history.length * record.counts.training) / 1000).toFixed(0),
    '11',
  ]);
  assert.equal(second![8], (100 * validation.metrics.accuracy).toFixed(2));
  assert.equal(second![7], (100 * Math.max(...history.map(({ valAccuracy }) => valAccuracy))).toFixed(2));
});

test('every table with our numbers says what differs in the data, and what order was assumed', () => {
  const copy = {
    form: 'CSV',
    classes: 'numbers, assumed to be those of the published file: nothing shows it',
    isOrderAssumed: true,
    parts: 'the column Usage',
    genuine: null,
    notes: [],
    differences: 'differs from the official FER-2013: Training has 1,000 images, not 28,709',
    leaks: [],
  };
  const of = (results: Results): Results => ({ ...results, dataset: { ...results.dataset, copy } });
  const second = of(fakeResults(folder, { seed: 2 }));
  for (const [name, { notes }] of Object.entries(reportTables([of(usual), second]))) {
    if (name.startsWith('paper-figures')) continue; // it holds no numbers of ours
    const text = (notes ?? []).join(' ');
    assert.match(text, /The data differs from the official FER-2013: Training has 1,000 images/, name);
    assert.match(text, /assumed to be those of the published file/, name);
  }
  assert.doesNotMatch(JSON.stringify(reportTables([usual])), /differs from the official/);
});

import { PAPER_ROWS } from '../../dataset/emotions';
import type { Interval } from '../../evaluate/intervals';
import { type ClassMetric, isDefined } from '../../evaluate/metrics';
import { describeRun, INTERVALS_NOTE, type Results, titled } from '../../evaluate/results';
import type { ColumnFormat, ReportTable } from '../formats/table';
import { METRIC_NAMES, PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, type PaperTable, paperTable } from '../paper';

/** The test part of FER-2013 moves a share by .0003 an image: more decimals would be noise. */
const DECIMALS = 3;

const COMMON_COLUMNS = ['Emotion', 'Paper: samples', 'Ours: test images', 'Paper'];
const COMMON_FORMATS: readonly (ColumnFormat | undefined)[] = [
  undefined,
  { printed: true },
  { decimals: 0, thousands: true },
  { printed: true },
];
const MEASURED_FORMATS: readonly ColumnFormat[] = [
  { decimals: DECIMALS },
  { decimals: DECIMALS, signed: true },
  { decimals: DECIMALS },
];

/** Value, difference and interval of one of our numbers beside a printed one; dashes for a number without any n. */
function compare(ours: number, range: Interval, paper: string, hasValue = true): unknown[] {
  return hasValue ? [ours, ours - Number(paper), range] : [null, null, null];
}

/** One of Tables II to IV: precision, recall or F1 by class, the paper's beside ours, with macro and weighted means. */
export function tablePerClass(results: Results, metric: 'precision' | 'recall' | 'f1'): ReportTable {
  const paper = paperTable(metric);
  const { metrics, intervals } = results.test;
  const overall = (name: string, ours: number, range: Interval) => [
    ...overallCells(results, paper, name),
    ...compare(ours, range, paper.overall),
  ];
  const mean = (kind: 'macro' | 'weighted', name: string) =>
    overall(name, metrics[kind][metric], intervals[kind][metric]);
  return {
    title: titled(`Table ${paper.number}. ${METRIC_NAMES[metric]} by class: paper and ours`, results),
    columns: [...COMMON_COLUMNS, 'Ours', 'Difference', '95 % interval'],
    formats: [...COMMON_FORMATS, ...MEASURED_FORMATS],
    rows: [
      ...PAPER_ROWS.map((row) => [
        ...commonCells(results, paper, row),
        ...classCells(results, metric, paper, row.label),
      ]),
      mean('macro', 'Overall, macro mean'),
      ...(metric === 'f1'
        ? [overall('Overall, F1 of macro means', metrics.macroF1OfMeans, intervals.macroF1OfMeans)]
        : []),
      mean('weighted', 'Overall, weighted mean'),
    ],
    notes: notes(results, paper, [metric]),
  };
}

/**
 * Table I. The paper does not say what the accuracy of one class is, so both readings stand beside it: one class
 * against the rest, and the share of the class's images that are found (recall).
 */
export function tableAccuracy(results: Results): ReportTable {
  const paper = paperTable('accuracy');
  const { metrics, intervals } = results.test;
  const mean = (kind: 'macro' | 'weighted', name: string) => [
    ...overallCells(results, paper, name),
    ...compare(metrics[kind].oneVsRestAccuracy, intervals[kind].oneVsRestAccuracy, paper.overall),
    ...compare(metrics[kind].recall, intervals[kind].recall, paper.overall),
  ];
  const accuracy = [
    ...overallCells(results, paper, 'Overall accuracy'),
    ...compare(0, [0, 0], '', false),
    ...compare(metrics.accuracy, intervals.accuracy, paper.overall),
  ];
  return {
    title: titled('Table I. Accuracy by class: paper and ours, in both readings', results),
    columns: [...COMMON_COLUMNS, ...measuredColumns('one-vs-rest'), ...measuredColumns('recall')],
    formats: [...COMMON_FORMATS, ...MEASURED_FORMATS, ...MEASURED_FORMATS],
    rows: [
      ...PAPER_ROWS.map((row) => [
        ...commonCells(results, paper, row),
        ...classCells(results, 'oneVsRestAccuracy', paper, row.label),
        ...classCells(results, 'recall', paper, row.label),
      ]),
      accuracy,
      mean('macro', 'Macro mean'),
      mean('weighted', 'Weighted mean'),
    ],
    notes: [
      ...notes(results, paper, ['recall']),
      'The paper does not define the accuracy of a class. One-vs-rest: share of all images rightly called the class or rightly not. Recall: share of its images that are found; the weighted mean of recall is the overall accuracy.',
    ],
  };
}

const measuredColumns = (reading: string) => [
  `Ours: ${reading}`,
  `Difference: ${reading}`,
  `95 % interval: ${reading}`,
];

function overallCells(results: Results, paper: PaperTable, name: string): unknown[] {
  return [name, PAPER_SAMPLES_TOTAL, results.test.count, paper.overall];
}

function commonCells(results: Results, paper: PaperTable, row: { name: string; label: number }): unknown[] {
  const { support } = results.test.metrics.perClass[row.label]!;
  return [row.name, PAPER_SAMPLES[row.label]!, support, paper.values[row.label]!];
}

function classCells(results: Results, metric: ClassMetric, paper: PaperTable, label: number): unknown[] {
  const { metrics, intervals } = results.test;
  const ours = metrics.perClass[label]!;
  const range = intervals.perClass[label]![metric];
  return compare(ours[metric], range, paper.values[label]!, isDefined(ours, metric));
}

function notes(results: Results, paper: PaperTable, metrics: readonly ClassMetric[]): string[] {
  const { dataset, bestEpoch, config } = results.record;
  const undefinedOnes = metrics.flatMap((metric) =>
    PAPER_ROWS.filter(({ label }) => !isDefined(results.test.metrics.perClass[label]!, metric)).map(
      ({ name }) =>
        `${name} ${metric === 'precision' ? 'was never predicted' : 'has no test images'}: its ${METRIC_NAMES[metric].toLowerCase()} is undefined (–) and counts as 0 in the means.`,
    ),
  );
  return [
    `Paper: Table ${paper.number}, "${paper.caption}". Its samples add up to 33,100, not to the 35,887 that it prints.`,
    `Ours: ${describeRun(results)}; ${dataset.format}; epoch ${bestEpoch} of ${config.epochs}, chosen on validation.`,
    ...undefinedOnes,
    INTERVALS_NOTE,
  ];
}

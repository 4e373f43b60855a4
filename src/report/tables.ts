import { PAPER_ROWS } from '../dataset/emotions';
import type { Interval } from '../evaluate/intervals';
import type { ClassMetric } from '../evaluate/metrics';
import { METRIC_NAMES, PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, type PaperTable, paperTable } from './paper';
import { type Results, titled } from './results';
import type { ReportTable } from './table';

const DECIMALS = 3;

const number = (value: number) => value.toFixed(DECIMALS);
const interval = ([low, high]: Interval) => `${number(low)} to ${number(high)}`;

/** Ours minus the paper's printed value, with its sign. */
function difference(ours: number, paper: string): string {
  const delta = ours - Number(paper);
  return `${delta < 0 ? '−' : '+'}${number(Math.abs(delta))}`;
}

const COMMON_COLUMNS = ['Emotion', 'Paper: samples', 'Ours: test images', 'Paper'];
const measured = (name: string) => [name, 'Difference', '95 % interval'];

/** Value, difference and interval of one of our numbers beside a printed one. */
const compare = (ours: number, range: Interval, paper: string) => [
  number(ours),
  difference(ours, paper),
  interval(range),
];

/** One of Tables II to IV: precision, recall or F1 by class, the paper's beside ours, with macro and weighted means. */
export function tablePerClass(results: Results, metric: 'precision' | 'recall' | 'f1'): ReportTable {
  const paper = paperTable(metric);
  const { metrics, intervals, count } = results.test;
  const mean = (name: string, kind: 'macro' | 'weighted') => [
    name,
    PAPER_SAMPLES_TOTAL,
    String(count),
    paper.overall,
    ...compare(metrics[kind][metric], intervals[kind][metric], paper.overall),
  ];
  return {
    title: titled(`Table ${paper.number}. ${METRIC_NAMES[metric]} by class: paper and ours`, results),
    columns: [...COMMON_COLUMNS, ...measured('Ours')],
    rows: [
      ...PAPER_ROWS.map((row) => [
        ...commonCells(results, paper, row),
        ...classCells(results, metric, paper, row.label),
      ]),
      mean('Overall, macro mean', 'macro'),
      mean('Overall, weighted mean', 'weighted'),
    ],
    notes: notes(results, paper),
  };
}

/**
 * Table I. The paper does not say what the accuracy of one class is, so both readings stand beside it: one class
 * against the rest, and the share of the class's images that are found (recall).
 */
export function tableAccuracy(results: Results): ReportTable {
  const paper = paperTable('accuracy');
  const { metrics, intervals, count } = results.test;
  const means = [
    ...compare(metrics.macro.oneVsRestAccuracy, intervals.macro.oneVsRestAccuracy, paper.overall),
    ...compare(metrics.macro.recall, intervals.macro.recall, paper.overall),
  ];
  const accuracy = compare(metrics.accuracy, intervals.accuracy, paper.overall);
  const overall = (name: string, cells: readonly string[]) => [
    name,
    PAPER_SAMPLES_TOTAL,
    String(count),
    paper.overall,
    ...cells,
  ];
  return {
    title: titled('Table I. Accuracy by class: paper and ours, in both readings', results),
    columns: [...COMMON_COLUMNS, ...measured('Ours: one-vs-rest'), ...measured('Ours: recall')],
    rows: [
      ...PAPER_ROWS.map((row) => [
        ...commonCells(results, paper, row),
        ...classCells(results, 'oneVsRestAccuracy', paper, row.label),
        ...classCells(results, 'recall', paper, row.label),
      ]),
      overall('Mean of the classes', means),
      overall('Overall accuracy', ['', '', '', ...accuracy]),
    ],
    notes: notes(results, paper),
  };
}

function commonCells(results: Results, paper: PaperTable, row: { name: string; label: number }): string[] {
  const support = results.test.metrics.perClass[row.label]!.support;
  return [row.name, PAPER_SAMPLES[row.label]!, String(support), paper.values[row.label]!];
}

function classCells(results: Results, metric: ClassMetric, paper: PaperTable, label: number): string[] {
  const { metrics, intervals } = results.test;
  return compare(metrics.perClass[label]![metric], intervals.perClass[label]![metric], paper.values[label]!);
}

function notes(results: Results, paper: PaperTable): string[] {
  const { config, dataset, bestEpoch } = results.record;
  return [
    `Paper: Table ${paper.number}, "${paper.caption}". Its samples add up to 33,100, not to the 35,887 that it prints.`,
    `Ours: ${config.model} on ${dataset.format}, protocol ${config.protocol}, seed ${config.seed}, epoch ${bestEpoch} of ${config.epochs} (chosen on validation), ${results.test.count} test images evaluated once.`,
    results.intervals,
  ];
}

/** The four tables in the paper's order, by the name of their file. */
export function allTables(results: Results): Readonly<Record<string, ReportTable>> {
  return {
    'table-1-accuracy': tableAccuracy(results),
    'table-2-precision': tablePerClass(results, 'precision'),
    'table-3-recall': tablePerClass(results, 'recall'),
    'table-4-f1': tablePerClass(results, 'f1'),
  };
}

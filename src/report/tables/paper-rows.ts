import type { ConfidenceInterval } from '../../evaluate/intervals';
import { type ClassMetricName, isDefined } from '../../evaluate/metrics';
import type { Results } from '../../evaluate/results';
import { COUNT, PRINTED, SHARE, SHARE_DIFFERENCE } from '../columns';
import { METRIC_NAMES, PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, type PaperTable, paperClasses } from '../paper';
import { column, type ReportColumn } from '../table';
import { dataNotes, describeResults, INTERVALS_NOTE } from '../words';

/** One of our numbers with its interval. */
export interface MeasuredMetric {
  readonly value: number;
  readonly interval: ConfidenceInterval;
}

/** A row of Tables I to IV: what the paper prints, and ours in one or more readings; null is undefined. */
export interface PaperRow {
  readonly name: string;
  readonly samples: string;
  readonly testImages: number;
  readonly printed: string;
  readonly ours: readonly (MeasuredMetric | null)[];
}

/** The columns of all four tables that come before our numbers. */
export const PAPER_COLUMNS: readonly ReportColumn<PaperRow>[] = [
  column('Emotion', ({ name }) => name),
  column('Paper: samples', ({ samples }) => samples, PRINTED),
  column('Ours: test images', ({ testImages }) => testImages, COUNT),
  column('Paper', ({ printed }) => printed, PRINTED),
];

/**
 * Value, difference from the printed one, and interval of one of our readings.
 * @param suffix of the columns' names, @param reading index in `ours`
 */
export function measuredColumns(names: readonly string[], reading = 0): ReportColumn<PaperRow>[] {
  const [ours, difference, interval] = names as [string, string, string];
  const pick = (row: PaperRow) => row.ours[reading];
  return [
    column(ours, (row) => pick(row)?.value, SHARE),
    column(difference, (row) => differenceOf(row, pick(row)), SHARE_DIFFERENCE),
    column(interval, (row) => pick(row)?.interval, SHARE),
  ];
}

const differenceOf = ({ printed }: PaperRow, ours: MeasuredMetric | null | undefined) =>
  ours && ours.value - Number(printed);

/** The rows of the classes, in the paper's order. */
export function classRows(
  results: Results,
  paper: PaperTable,
  metrics: readonly ClassMetricName[],
): PaperRow[] {
  const { perClass } = results.test.metrics;
  const intervals = results.test.intervals.perClass;
  return paperClasses(results.dataset.classes).map(({ name, label, at }) => ({
    name,
    samples: PAPER_SAMPLES[at]!,
    testImages: perClass[label]!.support,
    printed: paper.values[at]!,
    ours: metrics.map((metric) =>
      isDefined(perClass[label]!, metric)
        ? { value: perClass[label]![metric], interval: intervals[label]![metric] }
        : null,
    ),
  }));
}

/** A row over all classes. */
export function overallRow(
  name: string,
  { results, paper }: { results: Results; paper: PaperTable },
  ours: readonly (MeasuredMetric | null)[],
): PaperRow {
  return {
    name,
    samples: PAPER_SAMPLES_TOTAL,
    testImages: results.test.count,
    printed: paper.overall,
    ours,
  };
}

/** What stands below one of Tables I to IV. @param metrics of the table that can be undefined for a class */
export function paperNotes(
  results: Results,
  paper: PaperTable,
  metrics: readonly ClassMetricName[],
): string[] {
  const { dataset, training } = results;
  const epoch = training
    ? [
        `epoch ${training.record.bestEpoch} of ${training.record.config.epochs}, chosen by validation accuracy`,
      ]
    : [];
  const undefinedOnes = metrics.flatMap((metric) =>
    paperClasses(dataset.classes)
      .filter(({ label }) => !isDefined(results.test.metrics.perClass[label]!, metric))
      .map(
        ({ name }) =>
          `${name} ${metric === 'precision' ? 'was never predicted' : 'has no test images'}: its ${METRIC_NAMES[metric].toLowerCase()} is undefined (–) and counts as 0 in the means.`,
      ),
  );
  return [
    `Paper: Table ${paper.number}, "${paper.caption}". Its samples column adds up to 33,100, not to the printed 35,887.`,
    `Ours: ${[describeResults(results), dataset.format, ...epoch].join('; ')}.`,
    ...undefinedOnes,
    ...dataNotes(dataset),
    INTERVALS_NOTE,
  ];
}

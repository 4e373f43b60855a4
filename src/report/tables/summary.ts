import type { Calibration } from '../../evaluate/calibration';
import type { ConfidenceInterval } from '../../evaluate/intervals';
import { type Results, withoutCopies } from '../../evaluate/results';
import { SHARE } from '../columns';
import { column, type ReportColumn, type ReportTable } from '../table';
import { dataNotes, describeResults, INTERVALS_NOTE, titled } from '../words';

interface Measure {
  readonly name: string;
  readonly test: number;
  readonly interval: ConfidenceInterval | null;
  /** The same without copies; null where nobody looked for them. */
  readonly twin: Pick<Measure, 'test' | 'interval'> | null;
  readonly validation: number | null;
}

/** The numbers of the test part, with and without copies of training images, beside those of the validation part. */
export function tableSummary(results: Results): ReportTable<Measure> {
  const { validation, tempered } = results;
  return {
    title: titled('Results on the test part', results),
    columns: [
      column('Measure', ({ name }) => name),
      column('Test', ({ test }) => test, SHARE),
      column('95 % interval', ({ interval }) => interval, SHARE),
      ...(withoutCopies(results) ? TWIN_COLUMNS : []),
      column('Validation', (measure) => measure.validation, SHARE),
    ],
    rows: [...metricRows(results), ...calibrationRows(results)],
    notes: [
      `Ours: ${describeResults(results)}; ${number(validation.count)} validation images.`,
      ...dataNotes(results.dataset),
      ...copiesNote(results.test),
      `Temperature ${tempered.temperature.toFixed(3)}, fitted on the validation part. Calibration errors use 15 bins of equal width.`,
      INTERVALS_NOTE,
    ],
  };
}

const number = (count: number) => count.toLocaleString('en');

const TWIN_COLUMNS: readonly ReportColumn<Measure>[] = [
  column('Without copies', ({ twin }) => twin?.test, SHARE),
  column('Without copies, 95 % interval', ({ twin }) => twin?.interval, SHARE),
];

function copiesNote({ count, withoutCopies: twin }: Results['test']): string[] {
  if (!twin) return [];
  return [
    twin.count === count
      ? 'No test image has an exact copy in the training part.'
      : `Without copies: ${number(twin.count)} test images; ${number(count - twin.count)} have an exact copy in the training part.`,
  ];
}

/** What metrics and their intervals hold under the same names. */
interface Overall<Value> {
  readonly accuracy: Value;
  readonly macro: Readonly<Record<'precision' | 'recall' | 'f1', Value>>;
  readonly macroF1OfMeans: Value;
  readonly weighted: Readonly<Record<'f1', Value>>;
}

function metricRows({ test, validation }: Results): Measure[] {
  const twin = test.withoutCopies;
  const row = (name: string, pick: <Value>(overall: Overall<Value>) => Value): Measure => ({
    name,
    test: pick(test.metrics),
    interval: pick<ConfidenceInterval>(test.intervals),
    twin: twin && { test: pick(twin.metrics), interval: pick<ConfidenceInterval>(twin.intervals) },
    validation: pick(validation.metrics),
  });
  return [
    row('Accuracy', ({ accuracy }) => accuracy),
    row('Macro precision', ({ macro }) => macro.precision),
    row('Macro recall', ({ macro }) => macro.recall),
    row('Macro F1 (mean of F1 scores)', ({ macro }) => macro.f1),
    row('Macro F1 (of mean precision and recall)', ({ macroF1OfMeans }) => macroF1OfMeans),
    row('Weighted F1', ({ weighted }) => weighted.f1),
  ];
}

const CALIBRATION_NAMES = {
  expectedCalibrationError: 'Expected calibration error',
  negativeLogLikelihood: 'Negative log-likelihood, nats',
  brierScore: 'Brier score',
} as const;
type CalibrationName = keyof typeof CALIBRATION_NAMES;

/** Each measure of calibration as it is, and with the temperature. */
function calibrationRows({ test, validation, tempered }: Results): Measure[] {
  return (Object.keys(CALIBRATION_NAMES) as CalibrationName[]).flatMap((key) => {
    const row = (name: string, own: Calibration, twin: Calibration | null): Measure => ({
      name,
      test: own[key],
      interval: null,
      twin: twin && { test: twin[key], interval: null },
      validation: null,
    });
    const untempered = row(CALIBRATION_NAMES[key], test.calibration, test.withoutCopies?.calibration ?? null);
    return [
      { ...untempered, validation: validation.calibration[key] },
      row('... with temperature scaling', tempered.test, tempered.withoutCopies),
    ];
  });
}

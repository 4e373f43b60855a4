import type { ConfidenceInterval } from '../../evaluate/intervals';
import type { Results } from '../../evaluate/results';
import { SHARE } from '../columns';
import { column, type ReportTable } from '../table';
import { describeResults, INTERVALS_NOTE, titled } from '../words';

interface Measure {
  readonly name: string;
  readonly test: number;
  readonly interval: ConfidenceInterval | null;
  readonly validation: number | null;
}

/** The numbers of the whole test part beside those of the validation part. */
export function tableSummary(results: Results): ReportTable<Measure> {
  const { validation, tempered } = results;
  return {
    title: titled('Results on the test part', results),
    columns: [
      column('Measure', ({ name }) => name),
      column('Test', ({ test }) => test, SHARE),
      column('95 % interval', ({ interval }) => interval, SHARE),
      column('Validation', (measure) => measure.validation, SHARE),
    ],
    rows: [...metricRows(results), ...calibrationRows(results)],
    notes: [
      `Ours: ${describeResults(results)}; ${validation.count.toLocaleString('en')} validation images.`,
      `Temperature ${tempered.temperature.toFixed(3)}, fitted on the validation part. Calibration errors use 15 bins of equal width.`,
      INTERVALS_NOTE,
    ],
  };
}

/** What metrics and their intervals hold under the same names. */
interface Overall<Value> {
  readonly accuracy: Value;
  readonly macro: Readonly<Record<'precision' | 'recall' | 'f1', Value>>;
  readonly macroF1OfMeans: Value;
  readonly weighted: Readonly<Record<'f1', Value>>;
}

function metricRows({ test, validation }: Results): Measure[] {
  const row = (name: string, pick: <Value>(overall: Overall<Value>) => Value): Measure => ({
    name,
    test: pick(test.metrics),
    interval: pick<ConfidenceInterval>(test.intervals),
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

/** Each measure of calibration as it is, and with the temperature. */
function calibrationRows({ test, validation, tempered }: Results): Measure[] {
  const keys = Object.keys(CALIBRATION_NAMES) as (keyof typeof CALIBRATION_NAMES)[];
  return keys.flatMap((key) => [
    {
      name: CALIBRATION_NAMES[key],
      test: test.calibration[key],
      interval: null,
      validation: validation.calibration[key],
    },
    { name: '... with temperature scaling', test: tempered.test[key], interval: null, validation: null },
  ]);
}

import { EMOTIONS } from '../../dataset/emotions';
import type { Evaluation } from '../../evaluate/evaluation';
import { describeRun, INTERVALS_NOTE, type Results, titled } from '../../evaluate/results';
import type { ReportTable } from '../formats/table';
import { METRIC_NAMES, PAPER_FIGURES } from '../paper';

/** Counts by true class (rows) and predicted class (columns), with their sums. */
export function tableConfusion(results: Results): ReportTable {
  const { confusion, metrics, count } = results.test;
  return {
    title: titled('Confusion matrix of the test part, in images', results),
    columns: ['True \\ predicted', ...EMOTIONS, 'All'],
    rows: [
      ...confusion.map((row, label) => [EMOTIONS[label]!, ...row, metrics.perClass[label]!.support]),
      ['All', ...metrics.perClass.map(({ predicted }) => predicted), count],
    ],
    notes: [`Ours: ${describeRun(results)}.`],
  };
}

/** Images, hits and accuracy of one evaluation with its interval, in one line. */
export function tableOverall({ part, count, metrics, intervals }: Evaluation): ReportTable {
  return {
    columns: ['part', 'images', 'rightly named', 'accuracy', '95 % interval (Wilson)'],
    rows: [[part, count, Math.round(metrics.accuracy * count), metrics.accuracy, intervals.accuracy]],
    formats: [undefined, { thousands: true }, { thousands: true }, { decimals: 3 }, { decimals: 3 }],
  };
}

/** The numbers of the whole test part beside those of the validation part. */
export function tableSummary(results: Results): ReportTable {
  const { validation, test, tempered } = results;
  const calibrated = tempered.test;
  const row = (name: string, pick: (part: typeof test) => unknown[]) => [
    name,
    ...pick(test),
    pick(validation)[0],
  ];
  return {
    title: titled('Results on the whole test part', results),
    columns: ['Measure', 'Test', '95 % interval', 'Validation'],
    formats: [undefined, { decimals: 3 }, { decimals: 3 }, { decimals: 3 }],
    rows: [
      row('Accuracy', ({ metrics, intervals }) => [metrics.accuracy, intervals.accuracy]),
      row('Macro precision', ({ metrics, intervals }) => [
        metrics.macro.precision,
        intervals.macro.precision,
      ]),
      row('Macro recall', ({ metrics, intervals }) => [metrics.macro.recall, intervals.macro.recall]),
      row('Macro F1, mean of the F1s', ({ metrics, intervals }) => [metrics.macro.f1, intervals.macro.f1]),
      row('Macro F1, of the mean precision and recall', ({ metrics, intervals }) => [
        metrics.macroF1OfMeans,
        intervals.macroF1OfMeans,
      ]),
      row('Weighted F1', ({ metrics, intervals }) => [metrics.weighted.f1, intervals.weighted.f1]),
      row('Expected calibration error', ({ calibration }) => [calibration.expectedCalibrationError, null]),
      ['... with temperature', calibrated.expectedCalibrationError, null, null],
      row('Negative log-likelihood, nats', ({ calibration }) => [calibration.negativeLogLikelihood, null]),
      ['... with temperature', calibrated.negativeLogLikelihood, null, null],
      row('Brier score', ({ calibration }) => [calibration.brierScore, null]),
      ['... with temperature', calibrated.brierScore, null, null],
    ],
    notes: [
      `Ours: ${describeRun(results)}; ${validation.count.toLocaleString('en')} validation images.`,
      `Temperature ${tempered.temperature.toFixed(3)}, fitted on validation. Calibration error over 15 bins of equal width.`,
      INTERVALS_NOTE,
    ],
  };
}

/** What each of the paper's Figures 2 to 5 shows, by its caption and by the text: they disagree on Fig. 2. */
export function tablePaperFigures(): ReportTable {
  return {
    title: 'What Figures 2 to 5 of the paper show',
    columns: ['Figure', 'By its caption', 'By the text', 'Where the text says so'],
    rows: PAPER_FIGURES.map(({ number, caption, text, section }) => [
      `Fig. ${number}`,
      METRIC_NAMES[caption],
      METRIC_NAMES[text],
      section,
    ]),
    notes: [
      'Caption and text disagree on Fig. 2. Figs. 2 and 5 have the same caption. The recalls that the text reads off Fig. 3 are those of Table IV (F1) but for Happiness, and .01 above Table III in six of seven.',
    ],
  };
}

import { type Results, titled } from '../../evaluate/results';
import { bestEpoch } from '../../run/history';
import { describeMachines, machineOf } from '../../run/machine';
import { percent, type ReportTable } from '../formats/table';

const two = { decimals: 2 };

/** Whole trainings side by side: recipe, what it cost, and what it reached on the validation part; the test part has no say. */
export function tableTrainings(runs: readonly Results[]): ReportTable {
  return {
    title: titled('Whole trainings: recipe, cost and accuracy on the validation part', {
      isSynthetic: runs.some(({ isSynthetic }) => isSynthetic),
    }),
    columns: [
      'Training',
      'Recipe',
      'Parameters, millions',
      'Epochs',
      'Images seen, thousands',
      'Minutes',
      'On training images, %',
      'One view, %',
      'Accuracy, %',
      '95 % interval',
    ],
    formats: [
      undefined,
      undefined,
      two,
      { decimals: 0 },
      { decimals: 0, thousands: true },
      { decimals: 0 },
      two,
      two,
      two,
      { decimals: 1 },
    ],
    rows: runs.map(rowOf),
    notes: [
      'On training images: as the augmented images of the last epoch passed, with dropout. One view: validation accuracy of the best epoch. Accuracy: mean of the test-time views, with its Wilson interval, which does not cover the seed.',
      `Minutes by the clock, with whatever else the machine did: ${describeMachines(runs.map(({ record }) => machineOf(record)))}. A teacher's own training is not counted.`,
    ],
  };
}

function rowOf({ run, record, history, validation }: Results): unknown[] {
  const { metrics, intervals } = validation;
  return [
    run,
    recipeOf(record.config),
    record.parameters / 1e6,
    history.length,
    (history.length * record.counts.training) / 1000,
    record.trainingSeconds / 60,
    percent(history.at(-1)!.accuracy),
    percent(bestEpoch(history)!.valAccuracy),
    percent(metrics.accuracy),
    intervals.accuracy.map(percent),
  ];
}

/** What trainings differ in, in a few words. */
function recipeOf({
  optimizer,
  learningRate,
  augmentation,
  mixupAlpha,
  teacher,
}: Results['record']['config']) {
  return [
    `${{ sgd: 'SGD', adamw: 'AdamW' }[optimizer.kind]} ${learningRate}`,
    ...(augmentation.cutoutPixels > 0 ? [`cutout ${augmentation.cutoutPixels}`] : []),
    ...(mixupAlpha === undefined ? [] : [`mixup ${mixupAlpha}`]),
    ...(teacher ? [`${percent(teacher.share).toFixed(0)} % taught by ${teacher.model}`] : []),
  ].join(', ');
}

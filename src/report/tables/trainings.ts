import type { Results } from '../../evaluate/results';
import { bestEpoch } from '../../run/history';
import { describeMachines, machineOf } from '../../run/machine';
import { COUNT, PERCENT, PERCENT_INTERVAL, percent, percents, WHOLE } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

/** Whole trainings side by side: recipe, what it cost, and what it reached on the validation part; the test part has no say. */
export function tableTrainings(runs: readonly Results[]): ReportTable<Results> {
  return {
    title: titled('Whole trainings: recipe, cost and accuracy on the validation part', {
      isSynthetic: runs.some(({ isSynthetic }) => isSynthetic),
    }),
    columns: [
      column('Training', ({ run }) => run),
      column('Recipe', ({ record }) => recipeOf(record.config)),
      column('Parameters, millions', ({ record }) => record.parameters / 1e6, { decimals: 2 }),
      column('Epochs', ({ history }) => history.length, WHOLE),
      column(
        'Images seen, thousands',
        ({ history, record }) => (history.length * record.counts.training) / 1000,
        COUNT,
      ),
      column('Minutes', ({ record }) => record.trainingSeconds / 60, WHOLE),
      column('On training images, %', ({ history }) => percent(history.at(-1)!.accuracy), PERCENT),
      column('One view, %', ({ history }) => percent(bestEpoch(history)!.valAccuracy), PERCENT),
      column('Accuracy, %', ({ validation }) => percent(validation.metrics.accuracy), PERCENT),
      column('95 % interval', ({ validation }) => percents(validation.intervals.accuracy), PERCENT_INTERVAL),
    ],
    rows: runs,
    notes: [
      'On training images: as the augmented images of the last epoch passed, with dropout. One view: validation accuracy of the best epoch. Accuracy: mean of the test-time views, with its Wilson interval, which does not cover the seed.',
      `Minutes by the clock, with whatever else the machine did: ${describeMachines(runs.map(({ record }) => machineOf(record)))}. A teacher's own training is not counted.`,
    ],
  };
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

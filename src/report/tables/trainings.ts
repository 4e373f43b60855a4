import type { Results, TrainedNetwork } from '../../evaluate/results';
import type { RunConfig } from '../../run/config';
import { bestEpoch } from '../../run/history';
import { describeMachines } from '../../run/machine';
import { machinesOf } from '../../run/record';
import { COUNT, PERCENT, PERCENT_INTERVAL, percent, percents, WHOLE } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

type TrainedResults = Results & { readonly training: TrainedNetwork };

const isTrained = (results: Results): results is TrainedResults => results.training !== null;

/** Whole trainings of networks side by side: recipe, what it cost, and what it reached on the validation part; the test part has no say. */
export function tableTrainings(runs: readonly Results[]): ReportTable<TrainedResults> {
  const trainings = runs.filter(isTrained);
  return {
    title: titled('Complete trainings: recipe, cost and validation accuracy', {
      isSynthetic: runs.some(({ isSynthetic }) => isSynthetic),
    }),
    columns: [
      column('Training', ({ classifier }) => classifier.name),
      column('Recipe', ({ training: { record } }) => recipeOf(record.config)),
      column('Parameters, millions', ({ training: { record } }) => record.parameters / 1e6, { decimals: 2 }),
      column('Epochs', ({ training: { history } }) => history.length, WHOLE),
      column(
        'Images seen, thousands',
        ({ training: { history, record } }) => (history.length * record.counts.training) / 1000,
        COUNT,
      ),
      column('Minutes', ({ training: { record } }) => record.trainingSeconds / 60, WHOLE),
      column(
        'On training images, %',
        ({ training: { history } }) => percent(history.at(-1)!.accuracy),
        PERCENT,
      ),
      column('One view, %', ({ training: { history } }) => percent(bestEpoch(history)!.valAccuracy), PERCENT),
      column('Accuracy, %', ({ validation }) => percent(validation.metrics.accuracy), PERCENT),
      column('95 % interval', ({ validation }) => percents(validation.intervals.accuracy), PERCENT_INTERVAL),
    ],
    rows: trainings,
    notes: [
      'On training images: mean over the last epoch, measured on augmented images with dropout, while the weights still changed. It lags behind the averaged weights that validation uses, so the difference between the two columns does not measure overfitting. One view: validation accuracy of the best epoch. Accuracy: predictions averaged over the test-time views, with a Wilson interval, which does not cover the choice of the seed.',
      `Minutes: wall time on a shared machine (${describeMachines(trainings.flatMap(({ training }) => machinesOf(training.record)))}). The training of teachers is not included.`,
    ],
  };
}

/** What trainings differ in, in a few words. */
function recipeOf({ optimizer, learningRate, augmentation, mixupAlpha, teacher, labels }: RunConfig) {
  return [
    `${{ sgd: 'SGD', adamw: 'AdamW' }[optimizer.kind]} ${learningRate}`,
    ...(augmentation.cutoutPixels > 0 ? [`cutout ${augmentation.cutoutPixels}`] : []),
    ...(mixupAlpha === undefined ? [] : [`mixup ${mixupAlpha}`]),
    ...(labels ? [`labels: ${labels}`] : []),
    ...(teacher ? [`${percent(teacher.share).toFixed(0)} % of targets from ${teacher.model}`] : []),
  ].join(', ');
}

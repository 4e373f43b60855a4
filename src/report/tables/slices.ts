import type { SliceAccuracy } from '../../evaluate/slices';
import type { PredictedPart } from '../../run/predictions';
import { COUNT, PERCENT, PERCENT_INTERVAL, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';
import { NO_VOTES } from './crowd-votes';

/** Accuracies of a model on slices of its images. */
export interface ModelSlices {
  readonly model: string;
  readonly slices: readonly SliceAccuracy[];
}

/** What the slices are of. */
export interface SlicesNames {
  readonly part: PredictedPart;
  readonly isSynthetic: boolean;
  readonly hasVotes: boolean;
}

/** Accuracy of each model by what its images are like. */
export function tableSlices(
  models: readonly ModelSlices[],
  names: SlicesNames,
): ReportTable<SliceAccuracy & { readonly model: string }> {
  return {
    title: titled(`Accuracy on slices of the ${names.part} part`, names),
    columns: [
      column('Model', ({ model }) => model),
      column('Property', ({ property }) => property ?? ''),
      column('Slice', ({ slice }) => slice),
      column('Images', ({ images }) => images, COUNT),
      column('Accuracy, %', ({ accuracy }) => percent(accuracy), PERCENT),
      column('95 % interval', ({ interval }) => percents(interval), PERCENT_INTERVAL),
    ],
    rows: models.flatMap(({ model, slices }) => slices.map((slice) => ({ model, ...slice }))),
    notes: [
      'From saved predictions. Wilson intervals. Bounds of brightness, contrast and sharpness are quartiles of all images of the data set. The intervals are not simultaneous, and slices differ in their classes too.',
      ...(names.hasVotes ? [] : [NO_VOTES]),
    ],
  };
}

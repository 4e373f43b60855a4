import type { Results } from '../../evaluate/results';
import type { Timing } from '../../run/timing';
import {
  COUNT,
  MILLISECONDS,
  ONE_DECIMAL,
  PERCENT,
  PERCENT_INTERVAL,
  percent,
  percents,
  SHARE,
} from '../columns';
import { column, type ReportTable } from '../table';
import { dataNotes, titled } from '../words';

/** What tables and figures call a classifier among others: a baseline by its title, unless several bear that. */
export function methodName({ classifier }: Results, all: readonly Results[]): string {
  const { kind, title, name } = classifier;
  const likes = all.filter((other) => other.classifier.title === title);
  return kind === 'baseline' && likes.length === 1 ? title : name;
}

const TIME = column<Results>(
  'Milliseconds an image',
  ({ cost }) => cost?.timing?.processorMillisecondsPerImage,
  MILLISECONDS,
);

/** Networks, ensembles and baselines side by side on the test part, the most accurate last. */
export function tableMethods(all: readonly Results[]): ReportTable<Results> {
  return {
    title: titled('Methods on the test part', { isSynthetic: all.some(({ isSynthetic }) => isSynthetic) }),
    columns: [
      column('Method', (results) => methodName(results, all)),
      column('Split', ({ split }) => split.protocol),
      column('Images', ({ test }) => test.count, COUNT),
      column('Accuracy, %', ({ test }) => percent(test.metrics.accuracy), PERCENT),
      column('95 % interval', ({ test }) => percents(test.intervals.accuracy), PERCENT_INTERVAL),
      column(
        'Without copies, %',
        ({ test }) => test.withoutCopies && percent(test.withoutCopies.metrics.accuracy),
        PERCENT,
      ),
      column('Macro F1', ({ test }) => test.metrics.macro.f1, SHARE),
      column('Fitted numbers', ({ classifier }) => classifier.parameters, COUNT),
      column('Kilobytes', ({ cost }) => kilobytes(cost?.weightBytes), COUNT),
      column('Minutes', ({ classifier }) => classifier.seconds / 60, ONE_DECIMAL),
      ...(all.some(({ cost }) => cost?.timing) ? [TIME] : []),
    ],
    rows: byAccuracy(all),
    notes: [
      'Wilson intervals: they cover the choice of test images, not the seed. Without copies: without the test images that the training part holds too, pixel by pixel.',
      'Minutes: wall time of the fitting, with all settings that were tried on the validation part; of an ensemble, of all members; of a forest on the features of a network, of the forest alone. Machines differ.',
      'Kilobytes: size of the file of the weights, 1,000 bytes each.',
      ...timingNotes(all),
      ...new Set(all.flatMap(({ dataset }) => dataNotes(dataset))),
    ],
  };
}

const kilobytes = (bytes: number | null | undefined) => (typeof bytes === 'number' ? bytes / 1000 : null);

/** On what, and how, the times of an image were measured; nothing where nobody has. */
function timingNotes(all: readonly Results[]): string[] {
  const ways = all.flatMap(({ cost }) => (cost?.timing ? [wayOf(cost.timing)] : []));
  return [...new Set(ways)];
}

const wayOf = ({ rounds, images, environment: { cores, processor } }: Timing) =>
  `Milliseconds an image: processor time of all cores together, from grey levels to probabilities, test-time views included, in the fastest of ${rounds} rounds of ${images} images on ${cores} cores of ${processor}, measured by ferlab time.`;

/** Whether runs differ in more than their seed. */
export function areSeveralMethods(all: readonly Results[]): boolean {
  return new Set(all.map(({ classifier }) => classifier.title)).size > 1;
}

/** From the lowest accuracy on the test part to the highest. */
export function byAccuracy(all: readonly Results[]): Results[] {
  return [...all].sort((a, b) => a.test.metrics.accuracy - b.test.metrics.accuracy);
}

import type { CrossResult } from '../../evaluate/cross/cross';
import { COUNT, PERCENT, PERCENT_INTERVAL, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';

/** A classifier on another data set. */
export interface CrossRow extends CrossResult {
  readonly model: string;
}

/** What classifiers recognise of another data set than that of their training. */
export function tableCross(rows: readonly CrossRow[]): ReportTable<CrossRow> {
  const [first] = rows;
  return {
    title: `Trained on one data set, tested on ${first!.testedOn}`,
    columns: [
      column('Model', ({ model }) => model),
      column('Trained on', ({ trainedOn }) => trainedOn),
      column('n', ({ images }) => images, COUNT),
      column('People', ({ people }) => people, COUNT),
      column('Accuracy, %', ({ accuracy }) => percent(accuracy), PERCENT),
      column('95 % interval', ({ interval }) => percents(interval), PERCENT_INTERVAL),
      column('Mean recall, %', ({ meanRecall }) => percent(meanRecall), PERCENT),
    ],
    rows,
    notes: notesOn(first!),
  };
}

function notesOn({ classes, leftOut, people, testedOn }: CrossResult): string[] {
  const counts = classes.map(({ name, count }) => `${name} ${count}`).join(', ');
  return [
    `The classes that both data sets share, with their images: ${counts}. Only these can be answered, also those without images. ${leftOut} images of other classes are left out.`,
    people === null
      ? `${testedOn} does not tell who is seen: the intervals are Wilson's over images, and too narrow where a person is seen on several.`
      : `Intervals are percentiles of ${people} people drawn anew with replacement, as images of one person resemble each other.`,
    `The networks saw no image of ${testedOn} in training, and nothing was chosen on it.`,
  ];
}

/** Recalls by class, a row for each class of each model. */
export interface CrossClassRow {
  readonly model: string;
  readonly name: string;
  readonly count: number;
  readonly recall: number | null;
}

export function tableCrossClasses(rows: readonly CrossRow[]): ReportTable<CrossClassRow> {
  return {
    title: `Recall of each class of ${rows[0]!.testedOn}`,
    columns: [
      column('Model', ({ model }) => model),
      column('Class', ({ name }) => name),
      column('n', ({ count }) => count, COUNT),
      column('Recall, %', ({ recall }) => (recall === null ? null : percent(recall)), PERCENT),
    ],
    rows: rows.flatMap(({ model, classes }) =>
      classes.map(({ name, count, correct }) => ({
        model,
        name,
        count,
        recall: count === 0 ? null : correct / count,
      })),
    ),
    notes: [],
  };
}

import { PERCENT, WHOLE } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { describeTolerance } from './tolerance';
import type { Verification, VerifiedNumber } from './verify';

/** Numbers that are named one by one; the rest is counted. */
const MOST_NAMED = 20;

const accuracyOf = ({ numbers }: Verification) =>
  numbers.find(({ name }) => name === 'test.metrics.accuracy');
const percent = (share: number | undefined) => (share === undefined ? null : 100 * share);

/** A line for each model: its accuracy as published and here, and how many of its numbers are reproduced. */
export function tableVerifications(verifications: readonly Verification[]): ReportTable<Verification> {
  const share = Math.max(
    0,
    ...verifications.map(({ otherPixels, leftOut, images }) => (otherPixels + leftOut) / (images + leftOut)),
  );
  return {
    title: 'Published models, evaluated again',
    columns: [
      column('Model', ({ model }) => model),
      column('Published, %', (row) => percent(accuracyOf(row)?.published), PERCENT),
      column('Here, %', (row) => percent(accuracyOf(row)?.here), PERCENT),
      column('Numbers reproduced', ({ numbers }) => {
        const judged = numbers.filter(({ tolerance }) => tolerance !== null);
        return `${judged.filter(({ isReproduced }) => isReproduced).length} of ${judged.length}`;
      }),
      column('Other pixels', ({ otherPixels, images }) => `${otherPixels} of ${images}`),
      column('Other classes', ({ otherClasses, images }) => `${otherClasses} of ${images}`),
      column('Seconds', ({ seconds }) => seconds, WHOLE),
    ],
    rows: verifications,
    notes: [
      'Accuracy on the test part. Other pixels, other classes: images of validation and test part whose pixels, and whose predicted classes, are not those of the published numbers.',
      describeTolerance(share),
      ...verifications.flatMap(({ model, leftOut }) =>
        leftOut > 0
          ? [
              `${model}: ${leftOut} images are left out, as this copy of the data holds none with their pixels: another may be one of the training.`,
            ]
          : [],
      ),
    ],
  };
}

/** A number that is not reproduced, and whose it is. */
interface Unreproduced extends VerifiedNumber {
  readonly model: string;
}

/** The numbers that are not reproduced, or null when all are. */
export function tableUnreproduced(verifications: readonly Verification[]): ReportTable<Unreproduced> | null {
  const rows = verifications.flatMap(({ model, numbers }) =>
    numbers.filter(({ isReproduced }) => !isReproduced).map((number) => ({ model, ...number })),
  );
  if (rows.length === 0) return null;
  const rest = rows.length - MOST_NAMED;
  return {
    title: 'Numbers that are not reproduced',
    columns: [
      column('Model', ({ model }) => model),
      column('Number', ({ name }) => name),
      column('Published', ({ published }) => published, { decimals: 4 }),
      column('Here', ({ here }) => here, { decimals: 4 }),
    ],
    rows: rows.slice(0, MOST_NAMED),
    notes: [
      ...(rest > 0 ? [`... and ${rest} more: see --json.`] : []),
      'A processor of another kind adds in another order, which can turn an image whose two best classes are nearly level; more than a few such images, and something else is different.',
    ],
  };
}

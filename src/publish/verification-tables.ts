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
      'Accuracy on the test part. Other pixels: validation and test images whose pixels differ from the published data. Other classes: images whose predicted class differs from the published one.',
      describeTolerance(share),
      ...verifications.flatMap(({ model, leftOut }) =>
        leftOut > 0
          ? [
              `${model}: ${leftOut} images are left out. This copy of the data has no image with the same pixels, and any other might be a training image.`,
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
      'Another processor adds in another order, which can change the class of an image whose two best classes are almost equally probable. If more than a few images change, something else is different.',
    ],
  };
}

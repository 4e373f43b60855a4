import type { ReportTable } from '../report/formats/table';
import type { Verification, VerifiedNumber } from './verify';

/** Numbers that are named one by one; the rest is counted. */
const MOST_NAMED = 20;

const named = ({ numbers }: Verification, name: string) => numbers.find((number) => number.name === name);
const percent = (share: number | undefined) => (share === undefined ? null : 100 * share);

/** A line for each model: its accuracy as published and here, and how many of its numbers came out. */
export function tableVerifications(verifications: readonly Verification[]): ReportTable {
  const two = { decimals: 2 };
  return {
    title: 'Published models, evaluated again',
    columns: ['Model', 'Published, %', 'Here, %', 'Numbers that came out', 'Other classes', 'Seconds'],
    formats: [undefined, two, two, undefined, undefined, { decimals: 0 }],
    rows: verifications.map((verification) => {
      const accuracy = named(verification, 'test.metrics.accuracy');
      const { numbers, model, otherClasses, images, seconds } = verification;
      const reproduced = numbers.filter(({ isReproduced }) => isReproduced).length;
      return [
        model,
        percent(accuracy?.published),
        percent(accuracy?.here),
        `${reproduced} of ${numbers.length}`,
        `${otherClasses} of ${images}`,
        seconds,
      ];
    }),
    notes: [
      'Accuracy on the test part. Counts have to be equal, other numbers to within 0.0001. Other classes: images of validation and test part that are called another class than in the published predictions.',
    ],
  };
}

/** The numbers that did not come out, or null when all did. */
export function tableUnreproduced(verifications: readonly Verification[]): ReportTable | null {
  const rows = verifications.flatMap(({ model, numbers }) =>
    numbers.filter(({ isReproduced }) => !isReproduced).map((number) => [model, ...cellsOf(number)]),
  );
  if (rows.length === 0) return null;
  const rest = rows.length - MOST_NAMED;
  return {
    title: 'Numbers that did not come out',
    columns: ['Model', 'Number', 'Published', 'Here'],
    formats: [undefined, undefined, { decimals: 4 }, { decimals: 4 }],
    rows: rows.slice(0, MOST_NAMED),
    notes: [
      ...(rest > 0 ? [`... and ${rest} more: see --json.`] : []),
      'A processor of another kind adds in another order, which can turn an image whose two best classes are nearly level; more than a few such images, and something else is different.',
    ],
  };
}

const cellsOf = ({ name, published, here }: VerifiedNumber) => [name, published, here ?? null];

import { CORRUPTIONS } from '../../evaluate/robustness/corruptions';
import type { Robustness, RobustnessCell } from '../../evaluate/robustness/robustness';
import { COUNT, PERCENT, PERCENT_INTERVAL, POINTS, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

/** What robustness was measured with. */
export interface RobustnessNames {
  readonly reference: string;
  readonly seed: number;
  readonly isSynthetic: boolean;
}

type Row = RobustnessCell & Pick<Robustness, 'run'>;

/** Accuracy on spoilt images of the validation part, beside that of a reference. */
export function tableRobustness(all: readonly Robustness[], names: RobustnessNames): ReportTable<Row> {
  const { reference } = names;
  return {
    title: titled('Accuracy on spoilt images of the validation part', names),
    columns: [
      column('Model', ({ run }) => run),
      column('Change', ({ corruption }) => (corruption ? CORRUPTIONS[corruption].title : 'None')),
      column('Strength', describeStrength),
      column('Images', ({ images }) => images, COUNT),
      column('Accuracy, %', ({ accuracy }) => percent(accuracy), PERCENT),
      column('95 % interval', ({ interval }) => percents(interval), PERCENT_INTERVAL),
      column(`${reference}, %`, ({ referenceAccuracy }) => percent(referenceAccuracy), PERCENT),
      column('Difference, points', ({ difference }) => percent(difference.difference), POINTS),
      column(
        '95 % interval of the difference',
        ({ difference }) => percents(difference.interval),
        PERCENT_INTERVAL,
      ),
    ],
    rows: all.flatMap(({ run, cells }) => cells.map((cell) => ({ run, ...cell }))),
    notes: [
      `${shownOnce(names)} Wilson intervals; differences on the same images with the score interval of Tango (1998).`,
    ],
  };
}

const describeStrength = ({ corruption, strength }: RobustnessCell) =>
  corruption ? `${strength} ${CORRUPTIONS[corruption].unit}` : '';

/** How the images are shown. */
const shownOnce = ({ reference, seed }: RobustnessNames) =>
  `Images in the validation parts of the model and of ${reference}, one view each, seed ${seed}.`;

/** Errors of each model over the strengths of each change, as a share of the reference's. */
export function tableRelativeErrors(
  all: readonly Robustness[],
  names: RobustnessNames,
): ReportTable<Robustness> {
  const { reference } = names;
  return {
    title: titled(`Errors on spoilt images as a share of those of ${reference}`, names),
    columns: [
      column('Model', ({ run }) => run),
      column('Images', ({ cells }) => cells[0]!.images, COUNT),
      column('Accuracy on unspoilt images, %', ({ cells }) => percent(cells[0]!.accuracy), PERCENT),
      column('95 % interval', ({ cells }) => percents(cells[0]!.interval), PERCENT_INTERVAL),
      ...all[0]!.relative.map(({ corruption }, i) =>
        column<Robustness>(corruption, ({ relative }) => relative[i]!.ratio, RATIO),
      ),
      column('Mean', meanRatio, RATIO),
    ],
    rows: all,
    notes: [
      `${shownOnce(names)} Errors summed over the five strengths (Hendrycks and Dietterich 2019, arXiv 1903.12261): below 1 is better than ${reference}.`,
    ],
  };
}

const RATIO = { decimals: 2 };

/** Over the changes. */
export const meanRatio = ({ relative }: Robustness) =>
  relative.reduce((sum, { ratio }) => sum + ratio, 0) / relative.length;

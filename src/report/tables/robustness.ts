import { CORRUPTIONS } from '../../evaluate/robustness/corruptions';
import type { Robustness, RobustnessCell } from '../../evaluate/robustness/robustness';
import { PERCENT, PERCENT_INTERVAL, POINTS, percent, percents } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

/** What robustness was measured of. */
export interface RobustnessNames {
  readonly run: string;
  readonly reference: string;
  readonly seed: number;
  readonly isSynthetic: boolean;
}

/** Accuracy on spoilt images of the validation part, beside that of a reference. */
export function tableRobustness(
  { cells, relative }: Robustness,
  { run, reference, seed, isSynthetic }: RobustnessNames,
): ReportTable<RobustnessCell> {
  const ratios = relative.map(({ corruption, ratio }) => `${corruption} ${ratio.toFixed(2)}`);
  const mean = relative.reduce((sum, { ratio }) => sum + ratio, 0) / relative.length;
  return {
    title: titled(`Accuracy of ${run} on spoilt images of the validation part`, { isSynthetic }),
    columns: [
      column('Change', ({ corruption }) => (corruption ? CORRUPTIONS[corruption].title : 'None')),
      column('Strength', describeStrength),
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
    rows: cells,
    notes: [
      `n = ${cells[0]!.images.toLocaleString('en')} of the validation part, one view each, seed ${seed}. Wilson intervals; differences on the same images with the score interval of Tango (1998).`,
      `Errors over the five strengths as a share of ${reference}'s (Hendrycks and Dietterich 2019, arXiv 1903.12261): ${ratios.join(', ')}; mean ${mean.toFixed(2)}.`,
    ],
  };
}

const describeStrength = ({ corruption, strength }: RobustnessCell) =>
  corruption ? `${strength} ${CORRUPTIONS[corruption].unit}` : '';

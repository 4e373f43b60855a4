import type { ViewsResult } from '../../evaluate/choose-views';
import { type Results, titled } from '../../evaluate/results';
import { percent, type ReportTable } from '../formats/table';

const one = { decimals: 1 };
const two = { decimals: 2 };

/** What averaging over views of each image is worth on the validation part. */
export function tableViews(results: readonly ViewsResult[], data: Pick<Results, 'isSynthetic'>): ReportTable {
  return {
    title: titled('What test-time views are worth on the validation part', data),
    columns: [
      'Views',
      'Images seen for each',
      'Accuracy, %',
      '95 % interval',
      'Difference, points',
      '95 % interval of it',
    ],
    formats: [undefined, { decimals: 0 }, two, one, { ...two, signed: true }, one],
    rows: results.map(({ views, viewCount, accuracy, interval, difference }) => [
      views,
      viewCount,
      percent(accuracy),
      interval.map(percent),
      difference && percent(difference.difference),
      difference?.interval.map(percent),
    ]),
    notes: [
      `n = ${results[0]!.count.toLocaleString('en')}; Wilson intervals; difference from the first row on the same images: Wald interval for matched pairs.`,
    ],
  };
}

import type { ViewsResult } from '../../evaluate/choose-views';
import { noteOnMany, PAIRED_NOTE } from '../../evaluate/paired';
import type { Results } from '../../evaluate/results';
import { PERCENT, PERCENT_INTERVAL, POINTS, percent, percents, WHOLE } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

/** What averaging over views of each image is worth on the validation part. */
export function tableViews(
  results: readonly ViewsResult[],
  data: Pick<Results, 'isSynthetic'>,
): ReportTable<ViewsResult> {
  return {
    title: titled('Test-time views on the validation part', data),
    columns: [
      column('Views', ({ views }) => views),
      column('Views per image', ({ viewCount }) => viewCount, WHOLE),
      column('Accuracy, %', ({ accuracy }) => percent(accuracy), PERCENT),
      column('95 % interval', ({ interval }) => percents(interval), PERCENT_INTERVAL),
      column('Difference, points', ({ difference: d }) => d && percent(d.difference), POINTS),
      column(
        '95 % interval of the difference',
        ({ difference: d }) => d && percents(d.interval),
        PERCENT_INTERVAL,
      ),
    ],
    rows: results,
    notes: [
      `n = ${results[0]!.count.toLocaleString('en')}; Wilson intervals; difference from the first row. ${PAIRED_NOTE}`,
      ...noteOnMany(results.map(({ views, difference }) => [views, difference])),
    ],
  };
}

import { formatP, noteOnMany, PAIRED_NOTE } from '../evaluate/paired';
import { COUNT, ONE_DECIMAL, PERCENT, PERCENT_INTERVAL, POINTS, percent, percents } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { titled } from '../report/words';
import { erratumText } from '../run/errata';
import { describeMachines } from '../run/machine';
import { isSampleData } from '../run/record';
import type { StudyResults, VariantResult } from './results';

/** What each change was worth on the validation part, and what it cost. */
export function tableStudy({ title, dataset, variants, protocol }: StudyResults): ReportTable<VariantResult> {
  return {
    title: titled(title, { isSynthetic: isSampleData(dataset) }),
    columns: [
      column('Change', ({ change }) => change),
      column('One view, %', ({ singleViewAccuracy }) => percent(singleViewAccuracy), PERCENT),
      column('Accuracy, %', ({ accuracy }) => percent(accuracy), PERCENT),
      column('95 % interval', ({ interval }) => percents(interval), PERCENT_INTERVAL),
      column('Difference, points', ({ difference: d }) => d && percent(d.difference), POINTS),
      column(
        '95 % interval of the difference',
        ({ difference: d }) => d && percents(d.interval),
        PERCENT_INTERVAL,
      ),
      column('p', ({ difference: d }) => d && formatP(d.p)),
      column('Images seen, thousands', ({ imagesSeen }) => imagesSeen / 1000, COUNT),
      column('Minutes', ({ minutes }) => minutes, ONE_DECIMAL),
    ],
    rows: variants,
    notes: [
      `${protocol} Validation part, n = ${variants[0]!.count.toLocaleString('en')}. One view: predictions from the image itself. Accuracy: predictions averaged over the test-time views, with a Wilson interval. Differences are relative to the first row. ${PAIRED_NOTE} Intervals cover the choice of images, not the choice of the seed.`,
      ...noteOnMany(variants.map(({ change, difference }) => [change, difference])),
      `Minutes: wall time of training and validation on ${describeMachines(variants.flatMap(({ machines }) => machines))}. Other work shared the machine, so compare the images seen.`,
      ...variants.flatMap(({ change, errata }) =>
        errata.map((erratum) => `Erratum, "${change}": ${erratumText(erratum)}`),
      ),
    ],
  };
}

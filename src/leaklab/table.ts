import { PERCENT, PERCENT_INTERVAL, POINTS, percent, percents, WHOLE } from '../report/columns';
import { column, type ReportTable } from '../report/table';
import { titled } from '../report/words';
import type { LeakResults } from './results';
import { type MistakeSummary, summarizeCombinations, summarizeMistakes } from './summary';

/** What each mistake claims, what the same weights are worth, and the difference. */
export function tableLeaks(results: LeakResults): ReportTable<MistakeSummary> {
  return tableOf(results, results.title, summarizeMistakes(results));
}

/** Two mistakes at once, the largest claims first. @param claimed least accuracy that is claimed */
export function tableLeakCombinations(results: LeakResults, claimed = 0): ReportTable<MistakeSummary> {
  const rows = summarizeCombinations(results).filter((row) => row.claimed >= claimed);
  return tableOf(results, 'Two mistakes at once', rows);
}

function tableOf(
  { isSynthetic, protocol, untouchedImages, trainings, minutes, machines }: LeakResults,
  title: string,
  rows: readonly MistakeSummary[],
): ReportTable<MistakeSummary> {
  return {
    title: titled(title, { isSynthetic }),
    columns: [
      column('', ({ letter }) => letter),
      column('Mistake', (row) => row.title),
      column('Seeds', ({ seeds }) => seeds, WHOLE),
      column('Claimed, %', ({ claimed }) => percent(claimed), PERCENT),
      column('Smallest and largest claim', ({ range }) => percents(range), PERCENT_INTERVAL),
      column('Actual, %', ({ actual }) => percent(actual), PERCENT),
      column('Difference, points', ({ difference }) => percent(difference), POINTS),
      column('95 % interval of the difference', ({ interval }) => percents(interval), PERCENT_INTERVAL),
    ],
    rows,
    notes: [
      protocol,
      `Actual: accuracy of the same weights on ${untouchedImages.toLocaleString('en')} untouched images, those of PublicTest of which Training holds no copy. PrivateTest stays closed: it opens once for each published model, and none of these is published.`,
      "Means over the seeds; intervals are Student's, over the seeds, and do not cover the choice of the untouched images.",
      `${trainings} trainings, ${minutes} minutes together, on ${machines.join(', ')}. Other work shared the machine.`,
    ],
  };
}

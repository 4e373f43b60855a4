import type { ReadingReport, Verdict } from './report/report';

/** The verdict on a claim that can be read in several ways. */
export function overall(reports: readonly Pick<ReadingReport, 'verdict'>[]): Verdict {
  if (reports.some((report) => report.verdict === 'consistent')) return 'consistent';
  if (reports.length === 0) return 'not enough information';
  return reports.every((report) => report.verdict === 'impossible') ? 'impossible' : 'not enough information';
}

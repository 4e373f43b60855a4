import type { Otherwise, ReadingReport, Verdict } from './report/report';

interface Findings {
  /** The usual readings of what is printed. */
  readonly printed: readonly ReadingReport[];
  /** Those that set the printed supports aside. */
  readonly aside: readonly ReadingReport[];
  readonly unusual: readonly ReadingReport[];
  readonly otherwise: readonly Otherwise[];
}

/** The verdict as a sentence, with what it holds under. */
export function summarise(verdict: Verdict, { printed, aside, unusual, otherwise }: Findings): string {
  const surviving = printed.filter((report) => report.verdict !== 'impossible').length;
  const readings = printed.length === 1 ? 'the one reading' : `${surviving} of ${printed.length} readings`;
  const [odd] = unusual;
  switch (verdict) {
    case 'consistent':
      return odd
        ? `consistent only under an unusual reading: ${odd.description}`
        : `consistent: a confusion matrix yields every figure (${readings} can't be ruled out)`;
    case 'impossible':
      return `${impossible(printed.length, aside)}${possibleIf(otherwise)}`;
    case 'not enough information':
      return odd
        ? `not enough information: impossible under the usual readings, but not ruled out if ${odd.description}`
        : `not enough information: ${printed.length ? `${readings} can be neither shown nor ruled out` : 'there is nothing to read'}`;
  }
}

function impossible(readings: number, aside: readonly ReadingReport[]): string {
  if (readings === 1) return 'impossible as printed: no confusion matrix yields these figures';
  const words = `impossible as printed under each of the ${readings} readings`;
  const isRuledOut = aside.length > 0 && aside.every(({ verdict }) => verdict === 'impossible');
  return isRuledOut ? `${words}, and of ${aside.length} more that set the printed supports aside` : words;
}

/** Under what the figures would be possible; what can't be ruled out is said only where nothing is shown. */
function possibleIf(otherwise: readonly Otherwise[]): string {
  const shown = otherwise.filter(({ verdict }) => verdict === 'consistent');
  const [first] = shown.length ? shown : otherwise;
  if (!first) return '';
  const { words, witness } = first;
  const right = witness?.matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  const counts = witness ? ` (${right} of ${witness.n} correct, for one)` : '';
  return `; ${witness ? 'possible' : 'not ruled out'} if ${words}${counts}`;
}

import type { Evidence } from '../evidence/evidence';
import { narrowestOf } from '../evidence/figure';
import { Fraction } from '../numbers/fraction';
import { point } from '../numbers/interval';
import { rightAnswers } from './g-mean';
import type { MatrixResult } from './matrix';

/** Most choices of right answers that a matrix is looked for with. */
const MAX_TRIALS = 12;

/**
 * Looks for a matrix among those whose recalls have the printed G-mean. That there is none with these recalls says nothing of
 * others, so a search that fails is one without the G-mean.
 * @param search as `checkMatrix`
 */
export async function checkGMean(
  evidence: Evidence,
  search: (evidence: Evidence) => Promise<MatrixResult>,
): Promise<MatrixResult> {
  const gMean = evidence.narrowest('gmean')!;
  for (const counts of rightAnswers(evidence, gMean, MAX_TRIALS) ?? []) {
    const found = await search(withRecalls(evidence, counts));
    if (found.witness) return found;
  }
  return search(evidence);
}

/** The evidence with the recalls that the right answers of each class give. */
function withRecalls(evidence: Evidence, counts: readonly number[]): Evidence {
  const pinned = counts.map((count, i) => {
    const share = new Fraction(count, evidence.supports![i]!);
    const meaning = `recall of ${evidence.classes[i]}`;
    return { field: 'gMean', key: `recall:${i}`, meaning, text: '', interval: point(share), decimals: 0 };
  });
  const figures = [...evidence.figures.filter(({ key }) => !key.startsWith('recall:')), ...pinned];
  const find = (key: string) => figures.filter((figure) => figure.key === key);
  return { ...evidence, figures, find, narrowest: (key) => narrowestOf(find(key)) };
}

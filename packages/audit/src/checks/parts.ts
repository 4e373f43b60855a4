import type { Claim } from '../claim/claim';
import type { Evidence } from '../evidence/evidence';
import { Fraction } from '../numbers/fraction';
import { contains, point } from '../numbers/interval';
import type { Part } from '../parts/counts';
import { deviationPair, searchParts } from './deviation';
import type { MatrixResult } from './matrix';

const ABOUT = {
  id: 'parts',
  title: 'Runs or folds with the mean and the standard deviation have one matrix together',
  rule: 'The matrices of all runs or folds add up to one whose diagonal has the correct answers of all.',
  source: 'definition of a confusion matrix',
} as const;

/**
 * Looks for the correct answers of each run or fold first, then for a matrix that has as many on its diagonal.
 * @param search as `checkMatrix`, of evidence whose accuracy is that of the parts
 */
export async function checkParts(
  evidence: Evidence,
  search: (evidence: Evidence) => Promise<MatrixResult>,
): Promise<MatrixResult> {
  const found = searchParts(evidence, deviationPair(evidence)!);
  if (found.status !== 'found') return open('no numbers of correct answers of each run or fold were found');
  if (evidence.aggregation.kind === 'folds') return foldedMatrix(evidence, found.parts);
  const result = await search(withCorrect(evidence, found.parts));
  if (result.witness) return { ...result, witness: { ...result.witness, parts: found.parts } };
  // That there is no matrix with these numbers says nothing of others.
  const all = await search(evidence);
  if (all.check.verdict === 'impossible') return all;
  return open('no matrix was found with the numbers of correct answers that were tried');
}

function open(detail: string): MatrixResult {
  return { check: { ...ABOUT, verdict: 'not enough information', detail, certificates: [] } };
}

/** The evidence with the accuracy that the parts have, where their sizes are equal. */
function withCorrect(evidence: Evidence, parts: readonly Part[]): Evidence {
  const total = parts.reduce((sum, { items }) => sum + items, 0);
  const correct = parts.reduce((sum, part) => sum + part.correct, 0);
  const share = new Fraction(correct, total);
  const figures = evidence.figures.map((figure) =>
    figure.key === 'accuracy' && contains(figure.interval, share)
      ? { ...figure, interval: point(share) }
      : figure,
  );
  const find = (key: string) => figures.filter((figure) => figure.key === key);
  return { ...evidence, figures, find };
}

/** Whether nothing is printed that would need more of folds than their accuracies. */
function isAccuracyAlone({ perClass, means, rates, agreement, confusion }: Claim): boolean {
  const tables = [perClass, means, rates, agreement, confusion?.rows];
  return tables.every((table) => Object.keys(table ?? {}).length === 0);
}

/** A matrix of all folds together: any with their correct answers, where nothing else is printed. */
function foldedMatrix({ claim, classes, supports, n }: Evidence, parts: readonly Part[]): MatrixResult {
  if (!isAccuracyAlone(claim)) return open('means over folds need not come from one matrix');
  const counts = supports ?? classes.map((_, i) => (i === 0 ? n! : 0));
  let left = parts.reduce((sum, { correct }) => sum + correct, 0);
  const matrix = counts.map((count, i) => {
    const right = Math.min(left, count);
    left -= right;
    return counts.map((_, j) => (j === i ? right : j === (i + 1) % counts.length ? count - right : 0));
  });
  const detail = 'the correct answers of each fold have the mean and the standard deviation';
  const check = { ...ABOUT, verdict: 'consistent', detail, certificates: [] } as const;
  return { check, witness: { matrix, supports: counts, n: n!, parts } };
}

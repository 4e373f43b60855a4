import { FerlabError } from '../errors';
import type { CollectedRows } from './collector';
import { USAGES } from './dataset';
import { EMOTION_COUNT, EMOTIONS } from './emotions';

/** Images of each class (rows, by label) in each official part (columns, by usage). Goodfellow et al. 2013. */
export const OFFICIAL_COUNTS: readonly (readonly [number, number, number])[] = [
  [3995, 467, 491],
  [436, 56, 55],
  [4097, 496, 528],
  [7215, 895, 879],
  [4830, 653, 594],
  [3171, 415, 416],
  [4965, 607, 626],
];

/** The labels 0 to 6 of copies whose classes were sorted by name, as folders and some tables are. */
export const ALPHABETICAL: readonly number[] = [...EMOTIONS.keys()].sort((a, b) =>
  EMOTIONS[a]!.localeCompare(EMOTIONS[b]!),
);

/** Images by [label][usage]. */
export function countByClass(rows: Pick<CollectedRows, 'count' | 'labels' | 'usages'>): number[][] {
  const counts = Array.from({ length: EMOTION_COUNT }, () => USAGES.map(() => 0));
  for (let i = 0; i < rows.count; i++) counts[rows.labels[i]!]![rows.usages[i]!]!++;
  return counts;
}

/**
 * Checks the order of the classes by the official counts: a part that holds exactly the official counts under
 * the alphabetical order, and not under the official one, was relabelled.
 * @throws FerlabError for a file whose classes are in alphabetical order
 */
export function checkClassOrder(rows: CollectedRows, file: string): void {
  const counts = countByClass(rows);
  const matches = (order: readonly number[], usage: number) =>
    order.every((official, label) => counts[label]![usage] === OFFICIAL_COUNTS[official]![usage]);
  const identity = [...EMOTIONS.keys()];
  for (const usage of USAGES.keys()) {
    if (matches(ALPHABETICAL, usage) && !matches(identity, usage)) {
      throw new FerlabError(
        `${file}: the labels of ${USAGES[usage]} are in alphabetical order (4 neutral, 5 sad, 6 surprise)`,
        {
          remedy: `renumber them in the order of fer2013.csv: ${EMOTIONS.map((name, i) => `${i} ${name}`).join(', ')}`,
        },
      );
    }
  }
}

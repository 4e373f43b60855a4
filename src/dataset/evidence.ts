import { FerlabError } from '../errors';
import type { CollectedRows } from './collector';
import { EMOTIONS } from './emotions';
import { FER2013 } from './specs/fer2013';

/** Images of each class (rows, by label) in each official part (columns, by usage). Goodfellow et al. 2013. */
export const OFFICIAL_COUNTS = FER2013.officialCounts;

/** The labels 0 to 6 of copies whose classes were sorted by name, as folders and some tables are. */
export const ALPHABETICAL: readonly number[] = [...EMOTIONS.keys()].sort((a, b) =>
  EMOTIONS[a]!.localeCompare(EMOTIONS[b]!),
);

const OFFICIAL_ORDER: readonly number[] = [...EMOTIONS.keys()];

/**
 * Largest Pearson statistic of counts that may come from an order of the classes. With 6 degrees of freedom chance
 * exceeds it once in 2 million times; 1,000 images in the other order give about 60, a whole part over 300.
 */
const LARGEST_MISFIT = 40;

type LabelledRows = Pick<CollectedRows, 'spec' | 'count' | 'labels' | 'usages'>;

/** Images by [label][part]; of one column where there are no official parts. */
export function countByClass(rows: LabelledRows): number[][] {
  const { classes, parts } = rows.spec;
  const columns = Math.max(1, parts.length);
  const counts = classes.map(() => new Array<number>(columns).fill(0));
  for (let i = 0; i < rows.count; i++) counts[rows.labels[i]!]![rows.usages[i]!]!++;
  return counts;
}

/** Pearson's statistic of the counts of one part against the official shares of the classes in `order`. */
function misfit(counts: readonly number[], usage: number, order: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const officialTotal = OFFICIAL_COUNTS.reduce((sum, row) => sum + row[usage]!, 0);
  return counts.reduce((sum, count, label) => {
    const expected = (total * OFFICIAL_COUNTS[order[label]!]![usage]!) / officialTotal;
    return sum + (expected > 0 ? (count - expected) ** 2 / expected : 0);
  }, 0);
}

export type ClassOrder = 'official' | 'alphabetical' | 'unknown';

/** The order of the classes that the counts speak for: the one that fits them, if the other does not. */
export function findClassOrder(rows: LabelledRows): ClassOrder {
  const counts = countByClass(rows);
  for (const usage of rows.spec.parts.keys()) {
    const ofPart = counts.map((row) => row[usage]!);
    const fitsOfficial = misfit(ofPart, usage, OFFICIAL_ORDER) < LARGEST_MISFIT;
    const fitsAlphabetical = misfit(ofPart, usage, ALPHABETICAL) < LARGEST_MISFIT;
    if (fitsOfficial !== fitsAlphabetical) return fitsOfficial ? 'official' : 'alphabetical';
  }
  return 'unknown';
}

/**
 * Checks that the numbers of a CSV are not those of sorted class names.
 * @throws FerlabError for a file whose classes are in alphabetical order
 */
export function checkClassOrder(rows: CollectedRows, file: string): void {
  if (findClassOrder(rows) !== 'alphabetical') return;
  throw new FerlabError(
    `${file}: the counts show that the labels are in alphabetical order (4 neutral, 5 sad, 6 surprise)`,
    {
      remedy: `renumber them in the order of fer2013.csv: ${EMOTIONS.map((name, i) => `${i} ${name}`).join(', ')}`,
    },
  );
}

/**
 * The rows with labels in the order of fer2013.csv, for forms whose numbers have no fixed meaning.
 * @throws FerlabError when the counts do not show which order it is
 */
export function inOfficialOrder(rows: CollectedRows, file: string): CollectedRows {
  const order = findClassOrder(rows);
  if (order === 'official') return rows;
  if (order === 'alphabetical') {
    return { ...rows, labels: rows.labels.map((label) => ALPHABETICAL[label]!) };
  }
  const counts = countByClass(rows).map((row) => row.reduce((sum, count) => sum + count, 0));
  throw new FerlabError(
    `${file}: the classes are numbers, and the counts (${counts.join(', ')}) do not show their order`,
    { remedy: 'use class names, or the whole training part, whose counts show the order' },
  );
}

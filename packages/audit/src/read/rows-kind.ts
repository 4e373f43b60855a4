import { emotionOf } from '../claim/emotions';
import { isSystemRow, rowsBelow } from './words';

export type RowsKind = 'classes' | 'systems' | 'unknown';

export interface RowsEvidence {
  /** Titles of the columns left of the figures. */
  readonly titles: readonly string[];
  readonly labels: readonly string[];
  /** Whole numbers of items are printed, or means over the rows. */
  readonly hasSupport: boolean;
  readonly hasMeans: boolean;
  readonly hasAccuracyColumn: boolean;
  /** A specificity is printed, as it is of two classes in each part of the data too. */
  readonly hasSpecificity?: boolean;
}

/** Whether the rows of a table are the classes of one evaluation, by their title, their names and their company. */
export function rowsKind({
  titles,
  labels,
  hasSupport,
  hasMeans,
  hasAccuracyColumn,
  hasSpecificity = false,
}: RowsEvidence): RowsKind {
  const titled = titles.map(rowsBelow);
  const systems = labels.filter(isSystemRow).length;
  const known = labels.filter((label) => emotionOf(label) !== undefined).length;
  const numbered = labels.filter((label) =>
    /^(?:class|label|klasse|clase|classe)?\s*-?\d+(?:\.0+)?$/i.test(label),
  ).length;
  if (titled.includes('systems') && !titled.includes('classes'))
    return hasSupport && known * 2 > labels.length ? 'classes' : 'systems';
  if (systems * 3 >= labels.length && !hasSupport && known === 0) return 'systems';
  if (titled.includes('classes') || known * 2 >= labels.length) return 'classes';
  // Hospitals, ages and sexes have numbers of items, accuracies and specificities too.
  const mayBeParts = !hasMeans && (hasAccuracyColumn || hasSpecificity);
  if (hasSupport) return mayBeParts ? 'unknown' : 'classes';
  if (hasMeans) return 'classes';
  const isUntitled = titles.every((title) => /^[^\p{L}]*$/u.test(title));
  if (numbered === labels.length && isUntitled && isConsecutive(labels)) return 'classes';
  return hasAccuracyColumn ? 'systems' : 'unknown';
}

/** Whether labels count the classes, from 0 or 1. */
function isConsecutive(labels: readonly string[]): boolean {
  const numbers = labels.map((label) => Number(/\d+/.exec(label)![0]));
  return numbers.every((number, i) => number === i + numbers[0]!) && numbers[0]! <= 1;
}

import { figureOf } from './cells';
import { type Draft, enter } from './draft';
import { pairOf } from './pairs';
import { plain } from './words';

/** What caret prints of two classes, by the class that it calls positive. */
const OF_POSITIVE: Readonly<Record<string, readonly [metric: string, isPositive: boolean]>> = {
  sensitivity: ['recall', true],
  specificity: ['recall', false],
  pospredvalue: ['precision', true],
  negpredvalue: ['precision', false],
};

/**
 * The figures of two classes that a line each prints for the positive one, as caret does: sensitivity and specificity
 * are the recalls, the predictive values the precisions of the two.
 * @returns the lines that were used
 */
export function readPositiveClass(
  draft: Draft,
  lines: readonly { line: number; text: string }[],
): Set<number> {
  const used = new Set<number>();
  const named = lines
    .map(({ text }) => /positive'?\s*class\s*[:=]\s*(.+)$/i.exec(text)?.[1]?.trim())
    .find(Boolean);
  const positive = draft.classes.find((name) => named !== undefined && plain(name) === plain(named));
  if (positive === undefined || draft.classes.length !== 2) return used;
  const other = draft.classes.find((name) => name !== positive)!;
  for (const { line, text } of lines) {
    const pair = pairOf(text);
    if (pair && plain(pair.label) === 'balancedaccuracy') {
      draft.notes.push({ line, text, reason: 'the mean of sensitivity and specificity, which are read' });
      used.add(line);
    }
    const about = pair && OF_POSITIVE[plain(pair.label)];
    if (!pair || !about || !Object.hasOwn(OF_POSITIVE, plain(pair.label))) continue;
    const [metric, isPositive] = about;
    enter(draft.perClass, metric, {
      key: isPositive ? positive : other,
      text: figureOf(pair.value.text)!.text,
      line,
    });
    used.add(line);
  }
  return used;
}

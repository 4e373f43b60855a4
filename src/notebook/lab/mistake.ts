import { FerlabError } from '../../errors';
import type { LabCell, LabMistake } from './cell';

/**
 * Reads a mistake: comments that say what is wrong, then lines of the solution after `// - ` and what a student wrote
 * in their place after `// + `.
 * @throws FerlabError when the exercise does not exist, or its solution does not hold those lines
 */
export function parseMistake(
  block: { readonly id: string; readonly settings: string; readonly lines: readonly string[] },
  cells: readonly LabCell[],
  path: string,
): LabMistake {
  const { id, settings, lines } = block;
  const [, cell, points] = / in=([a-z0-9-]+) points=(\d+)/.exec(settings) ?? [];
  const after = (mark: string) =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  const from = after('// - ').join('\n');
  const words = lines.filter((line) => /^\/\/ [^-+]/.test(line)).map((line) => line.slice(3));
  const exercise = cells.find((one) => one.id === cell && one.isSolution);
  if (from === '' || !exercise?.text.includes(from))
    throw new FerlabError(`${path}, mistake ${id}: the solution of ${cell} does not hold what it replaces`);
  return {
    id,
    cell: exercise.id,
    what: words.join(' '),
    from,
    to: after('// + ').join('\n'),
    points: Number(points),
  };
}

/** The lab's cells as a student with this mistake hands them in. */
export function withMistake(cells: readonly LabCell[], { cell, from, to }: LabMistake): LabCell[] {
  return cells.map((one) => (one.id === cell ? { ...one, text: one.text.replace(from, () => to) } : one));
}

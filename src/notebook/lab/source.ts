import { FerlabError } from '../../errors';

/** A cell of a lab as it is written: in a TypeScript file, between lines that begin with `// %%`. */
export interface LabCell {
  readonly id: string;
  readonly kind: 'markdown' | 'code';
  readonly text: string;
  /** Whether a student writes it: it holds a region from BEGIN SOLUTION to END SOLUTION. */
  readonly isSolution: boolean;
  /** Points of a cell that grades; 0 for others. */
  readonly points: number;
}

const HEADER = /^\/\/ %% (markdown|code) ([a-z][a-z0-9-]*)( solution)?(?: points=(\d+))?$/;

/**
 * Reads a lab's source: `// %% markdown ID` with text as comments, `// %% code ID`, with `solution` where a student
 * writes and `points=N` where it is graded.
 * @throws FerlabError naming the line of a header that is none, or a cell whose regions do not fit it
 */
export function parseLab(text: string, path: string): LabCell[] {
  const cells: LabCell[] = [];
  let lines: string[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (!line.startsWith('// %%')) {
      lines.push(line);
      continue;
    }
    close(cells, lines);
    lines = [];
    const [, kind, id, solution, points] = HEADER.exec(line) ?? [];
    if (!kind || !id || cells.some((cell) => cell.id === id))
      throw new FerlabError(`${path}, line ${i + 1}: no header of a cell, or one with the name of another`);
    cells.push({
      id,
      kind: kind as LabCell['kind'],
      text: '',
      isSolution: Boolean(solution),
      points: Number(points ?? 0),
    });
  }
  close(cells, lines);
  for (const cell of cells) checkRegions(cell, path);
  return cells;
}

/** Gives the last cell its text. */
function close(cells: LabCell[], lines: readonly string[]): void {
  const last = cells.pop();
  if (!last) return;
  const own = last.kind === 'markdown' ? lines.map((line) => line.replace(/^\/\/ ?/, '')) : lines;
  cells.push({ ...last, text: own.join('\n').trim() });
}

function checkRegions({ id, text, isSolution, points }: LabCell, path: string): void {
  const has = (name: string) => text.includes(`// BEGIN ${name}`) && text.includes(`// END ${name}`);
  if (isSolution !== has('SOLUTION') || (has('HIDDEN TESTS') && points === 0))
    throw new FerlabError(`${path}, cell ${id}: its regions do not fit what its header says`);
}

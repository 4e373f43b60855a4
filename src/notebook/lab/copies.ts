import type { Notebook, NotebookCell } from '../notebook-file';
import type { LabCell } from './cell';
import { STUB } from './not-written';

const KERNEL = { display_name: 'TypeScript (ferlab)', language: 'typescript', name: 'ferlab' };

/** What nbgrader has to know of a cell (its schema 3). */
function nbgraderOf({ id, kind, isSolution, points }: LabCell): Record<string, unknown> {
  const grade = points > 0;
  return {
    grade_id: id,
    grade,
    solution: isSolution,
    locked: !isSolution,
    task: false,
    schema_version: 3,
    cell_type: kind,
    ...(grade ? { points } : {}),
  };
}

/** A lab with solutions and hidden checks, as nbgrader wants its source. */
export function sourceCopy(cells: readonly LabCell[]): Notebook {
  return {
    cells: cells.map(toNotebookCell),
    metadata: { kernelspec: KERNEL, language_info: { name: 'typescript', file_extension: '.ts' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function toNotebookCell(cell: LabCell): NotebookCell {
  const common = { id: cell.id, source: cell.text, metadata: { nbgrader: nbgraderOf(cell) } };
  return cell.kind === 'markdown'
    ? { ...common, cell_type: 'markdown' }
    : { ...common, cell_type: 'code', outputs: [], execution_count: null };
}

/** The copy for students: without solutions and hidden checks. */
export function studentCopy(cells: readonly LabCell[]): Notebook {
  return sourceCopy(cells.map((cell) => ({ ...cell, text: withoutHidden(withoutSolution(cell.text)) })));
}

/** The copy with solutions, and with all checks. */
export function solutionCopy(cells: readonly LabCell[]): Notebook {
  const isMark = (line: string) => /^\s*\/\/ (BEGIN|END) (SOLUTION|HIDDEN TESTS)$/.test(line);
  const clean = (text: string) =>
    text
      .split('\n')
      .filter((line) => !isMark(line))
      .join('\n');
  return sourceCopy(cells.map((cell) => ({ ...cell, text: clean(cell.text) })));
}

const withoutSolution = (text: string) =>
  text.replace(/^([ \t]*)\/\/ BEGIN SOLUTION\n[\s\S]*?\/\/ END SOLUTION$/gm, `$1${STUB}`);

const withoutHidden = (text: string) =>
  text.replace(/^[ \t]*\/\/ BEGIN HIDDEN TESTS\n[\s\S]*?\/\/ END HIDDEN TESTS\n/gm, '');

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { projectRoot } from '../../paths';
import { executeNotebook } from '../execution';
import { clearOutputs, joinText, type NotebookCell, readNotebook, writeNotebook } from '../notebook-file';
import { findPython } from '../python';
import { STUB, studentCopy } from './copies';
import { labNames, loadLab } from './labs';

/** What a student should know of one cell before handing in. */
export interface LabFinding {
  readonly cell: string;
  readonly problem: string;
}

export interface LabReport {
  readonly findings: readonly LabFinding[];
  /** Points of the visible checks, and how many there are. */
  readonly points: number;
  readonly of: number;
}

/**
 * Runs a lab from top to bottom in a fresh kernel, going on after errors, and says what is missing. The notebook itself is
 * left as it is.
 * @throws FerlabError when it is no notebook, or can't be run
 */
export async function checkLab(path: string, options: { cellTimeoutSeconds: number }): Promise<LabReport> {
  const notebook = readNotebook(path);
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-lab-'));
  const copy = join(folder, basename(path));
  try {
    writeNotebook(copy, clearOutputs(notebook));
    const workingFolder = join(projectRoot(), 'notebooks');
    await executeNotebook(copy, { ...options, python: findPython(), workingFolder, allowErrors: true });
    return report(readNotebook(copy).cells, basename(path, '.ipynb'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(cells: readonly NotebookCell[], name: string): LabReport {
  const graded = cells
    .filter((cell) => pointsOf(cell) > 0)
    .map((cell) => [pointsReached(cell), pointsOf(cell)] as const);
  return {
    findings: [...missingCells(cells, name), ...cells.flatMap(findingsOf)],
    points: graded.reduce((sum, [reached]) => sum + reached, 0),
    of: graded.reduce((sum, [, most]) => sum + most, 0),
  };
}

const pointsOf = (cell: NotebookCell) => Number((cell.metadata.nbgrader as { points?: number })?.points ?? 0);

/** As nbgrader counts: nothing after an error, the cell's value if it is a number, else all. */
function pointsReached(cell: NotebookCell): number {
  const outputs = cell.outputs ?? [];
  if (outputs.some((output) => output.output_type === 'error')) return 0;
  const result = outputs.find((output) => output.output_type === 'execute_result');
  const value = Number(joinText(result?.data?.['text/plain'] as string | string[] | undefined));
  return result && Number.isFinite(value) ? value : pointsOf(cell);
}

function findingsOf(cell: NotebookCell): LabFinding[] {
  if (cell.cell_type !== 'code') return [];
  const [error] = (cell.outputs ?? []).filter((output) => output.output_type === 'error');
  if (joinText(cell.source).includes(STUB)) return [{ cell: cell.id, problem: 'not written yet' }];
  if (error) return [{ cell: cell.id, problem: `${error.ename}: ${error.evalue}` }];
  const [reached, most] = [pointsReached(cell), pointsOf(cell)];
  return reached < most ? [{ cell: cell.id, problem: `${reached} of ${most} points` }] : [];
}

/** Cells of the lab that were deleted, and checks that were changed: they are put back when the lab is graded. */
function missingCells(cells: readonly NotebookCell[], name: string): LabFinding[] {
  if (!labNames().includes(name)) return [];
  const idOf = (cell: NotebookCell) => (cell.metadata.nbgrader as { grade_id?: string })?.grade_id ?? cell.id;
  const own = new Map(cells.map((cell) => [idOf(cell), joinText(cell.source)]));
  return studentCopy(loadLab(name).cells).cells.flatMap((cell) => {
    const text = own.get(cell.id);
    if (text === undefined) return [{ cell: cell.id, problem: 'the cell is missing' }];
    const isChanged = pointsOf(cell) > 0 && text !== joinText(cell.source);
    return isChanged ? [{ cell: cell.id, problem: 'the check was changed; the original counts' }] : [];
  });
}

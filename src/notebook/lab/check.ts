import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { projectRoot } from '../../paths';
import { executeNotebook } from '../execution';
import {
  clearOutputs,
  joinText,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from '../notebook-file';
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
 * Runs a lab from top to bottom in a fresh kernel, going on after errors, and says what is missing. Checks that were
 * changed run as they were handed out. The notebook itself is left as it is.
 * @throws FerlabError when it is no notebook, or can't be run
 */
export async function checkLab(path: string, options: { cellTimeoutSeconds: number }): Promise<LabReport> {
  const notebook = readNotebook(path);
  const handedOut = handedOutCopy(notebook.cells);
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-lab-'));
  const copy = join(folder, basename(path));
  try {
    writeNotebook(copy, clearOutputs(withOwnChecks(notebook, handedOut)));
    const workingFolder = join(projectRoot(), 'notebooks');
    await executeNotebook(copy, { ...options, python: findPython(), workingFolder, allowErrors: true });
    return report(readNotebook(copy).cells, missingCells(notebook.cells, handedOut));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(cells: readonly NotebookCell[], missing: readonly LabFinding[]): LabReport {
  const graded = cells
    .filter((cell) => pointsOf(cell) > 0 && hasOutcome(cell))
    .map((cell) => [pointsReached(cell), pointsOf(cell)] as const);
  return {
    findings: [...missing, ...cells.flatMap(findingsOf)],
    points: graded.reduce((sum, [reached]) => sum + reached, 0),
    of: graded.reduce((sum, [, most]) => sum + most, 0),
  };
}

const idOf = (cell: NotebookCell) =>
  (cell.metadata.nbgrader as { grade_id?: string } | undefined)?.grade_id ?? cell.id;

/** The cells that were handed out of the lab whose cells most of these are, whatever the file is called; by their names. */
function handedOutCopy(cells: readonly NotebookCell[]): ReadonlyMap<string, NotebookCell> {
  const own = new Set(cells.map(idOf));
  for (const name of labNames()) {
    const copy = new Map(studentCopy(loadLab(name).cells).cells.map((cell) => [cell.id, cell]));
    const shared = [...copy.keys()].filter((id) => own.has(id)).length;
    if (shared > copy.size / 2) return copy;
  }
  return new Map();
}

const withOwnChecks = (notebook: Notebook, handedOut: ReadonlyMap<string, NotebookCell>): Notebook => ({
  ...notebook,
  cells: notebook.cells.map((cell) => {
    const original = handedOut.get(idOf(cell));
    return original && pointsOf(original) > 0 ? original : cell;
  }),
});

const pointsOf = (cell: NotebookCell) => Number((cell.metadata.nbgrader as { points?: number })?.points ?? 0);

/** Whether a check came to something: one whose checks are all hidden prints that, and no points. */
const hasOutcome = ({ outputs = [] }: NotebookCell) =>
  outputs.some(({ output_type }) => output_type === 'execute_result' || output_type === 'error');

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
function missingCells(
  cells: readonly NotebookCell[],
  handedOut: ReadonlyMap<string, NotebookCell>,
): LabFinding[] {
  const own = new Map(cells.map((cell) => [idOf(cell), joinText(cell.source)]));
  return [...handedOut].flatMap(([id, cell]) => {
    const text = own.get(id);
    if (text === undefined) return [{ cell: id, problem: 'the cell is missing' }];
    const isChanged = pointsOf(cell) > 0 && text !== joinText(cell.source);
    return isChanged ? [{ cell: id, problem: 'the check was changed; the original counts' }] : [];
  });
}

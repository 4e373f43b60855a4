import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { FerlabError } from '../../errors';
import { projectRoot } from '../../paths';
import { type ExecutionEvent, executeNotebook } from '../execution';
import {
  clearOutputs,
  joinText,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from '../notebook-file';
import { findPython } from '../python';
import { studentCopy } from './copies';
import {
  type CellsByName,
  cameToSomething,
  cellName,
  findingsOf,
  type LabFinding,
  placesOf,
  pointsOf,
  pointsReached,
} from './findings';
import { labNames, loadLab } from './labs';

export interface LabReport {
  readonly findings: readonly LabFinding[];
  /** Points of the visible checks, and how many there are. */
  readonly points: number;
  readonly of: number;
  /** Points that only grading gives. */
  readonly atGrading: number;
}

const GIVE_COPY = 'give the path of your copy; `npm run labs` writes new ones to labs/out/students';

/**
 * Runs a lab from top to bottom in a fresh kernel, going on after errors, and says what is missing. Checks that were
 * changed run as they were handed out. The notebook itself is left as it is.
 * @throws FerlabError when it is no notebook or no lab, or can't be run
 */
export async function checkLab(
  path: string,
  options: { cellTimeoutSeconds: number; onEvent?: (event: ExecutionEvent) => void },
): Promise<LabReport> {
  const notebook = readLabNotebook(path);
  const handedOut = handedOutCopy(notebook.cells);
  if (handedOut.size === 0 && notebook.cells.every((cell) => pointsOf(cell) === 0)) {
    throw new FerlabError(`${path}: this is no lab: none of its cells has points`, {
      remedy: GIVE_COPY,
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-lab-'));
  const copy = join(folder, basename(path));
  try {
    writeNotebook(copy, clearOutputs(withOwnChecks(notebook, handedOut)));
    const workingFolder = join(projectRoot(), 'notebooks');
    await executeNotebook(copy, { ...options, python: findPython(), workingFolder, allowErrors: true });
    return report(readNotebook(copy).cells, { handedOut, missing: missingCells(notebook.cells, handedOut) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readLabNotebook(path: string): Notebook {
  const usual = join(projectRoot(), 'labs/out/students', basename(path));
  if (!existsSync(path))
    throw new FerlabError(`there is no notebook ${path}`, {
      remedy: existsSync(usual) ? `did you mean ${relative(process.cwd(), usual)}?` : GIVE_COPY,
    });
  return readNotebook(path);
}

function report(
  cells: readonly NotebookCell[],
  { handedOut, missing }: { handedOut: CellsByName; missing: readonly LabFinding[] },
): LabReport {
  const graded = cells.filter((cell) => pointsOf(cell) > 0 && cameToSomething(cell));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const of = sum(graded.map(pointsOf));
  return {
    findings: [...missing, ...findingsOf(cells, handedOut)],
    points: sum(graded.map(pointsReached)),
    of,
    atGrading: Math.max(0, sum([...handedOut.values()].map(pointsOf)) - of),
  };
}

/** The cells that were handed out of the lab whose cells most of these are, whatever the file is called. */
function handedOutCopy(cells: readonly NotebookCell[]): CellsByName {
  const own = new Set(cells.map(cellName));
  for (const name of labNames()) {
    const copy = new Map(studentCopy(loadLab(name).cells).cells.map((cell) => [cell.id, cell]));
    const shared = [...copy.keys()].filter((id) => own.has(id)).length;
    if (shared > copy.size / 2) return copy;
  }
  return new Map();
}

const withOwnChecks = (notebook: Notebook, handedOut: CellsByName): Notebook => ({
  ...notebook,
  cells: notebook.cells.map((cell) => {
    const original = handedOut.get(cellName(cell));
    return original && pointsOf(original) > 0 ? original : cell;
  }),
});

/** Cells of the lab that were deleted, and checks that were changed: they are put back when the lab is graded. */
function missingCells(cells: readonly NotebookCell[], handedOut: CellsByName): LabFinding[] {
  const own = new Map(cells.map((cell) => [cellName(cell), joinText(cell.source)]));
  const places = placesOf(handedOut);
  return [...handedOut].flatMap(([name, cell]) => {
    const [text, isCheck] = [own.get(name), pointsOf(cell) > 0];
    const finding = (problem: string) => [{ cell: name, where: places.get(name)!, problem, reasons: [] }];
    if (text === undefined) return finding(isCheck ? 'its check is missing' : 'the cell is missing');
    return isCheck && text !== joinText(cell.source)
      ? finding('its check was changed; the original counts')
      : [];
  });
}

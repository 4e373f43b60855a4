import { joinText, type NotebookCell } from '../notebook-file';
import { NOT_WRITTEN, STUB } from './not-written';

/** What a student should know of one exercise, or of one cell outside them, before handing in. */
export interface LabFinding {
  /** Name of the cell. */
  readonly cell: string;
  /** Where it is, as the notebook shows it: the section, and the function that is to be written. */
  readonly where: string;
  readonly problem: string;
  /** What the checks printed about each lost point. */
  readonly reasons: readonly string[];
}

/** Cells by their names, in order. */
export type CellsByName = ReadonlyMap<string, NotebookCell>;

interface NbgraderCell {
  readonly grade_id?: string;
  readonly points?: number;
  readonly solution?: boolean;
}

const nbgraderOf = (cell: NotebookCell) => (cell.metadata.nbgrader ?? {}) as NbgraderCell;

export const cellName = (cell: NotebookCell): string => nbgraderOf(cell).grade_id ?? cell.id;

export const pointsOf = (cell: NotebookCell): number => Number(nbgraderOf(cell).points ?? 0);

const errorOf = ({ outputs = [] }: NotebookCell) =>
  outputs.find(({ output_type }) => output_type === 'error');

/** Whether a check came to something: one whose checks are all hidden prints that, and no points. */
export const cameToSomething = ({ outputs = [] }: NotebookCell): boolean =>
  outputs.some(({ output_type }) => output_type === 'execute_result' || output_type === 'error');

/** As nbgrader counts: nothing after an error, the cell's value if it is a number, else all. */
export function pointsReached(cell: NotebookCell): number {
  if (errorOf(cell)) return 0;
  const result = cell.outputs?.find(({ output_type }) => output_type === 'execute_result');
  const value = Number(joinText(result?.data?.['text/plain'] as string | string[] | undefined));
  return result && Number.isFinite(value) ? value : pointsOf(cell);
}

/** Name of the exercise that a cell belongs to, or would. */
const exerciseOf = (name: string) => name.replace(/-(check|hidden)$/, '');

/** The function that a cell of an exercise asks for. */
const functionOf = (cell: NotebookCell | undefined) =>
  /^(?:async )?function (\w+)/m.exec(joinText(cell?.source))?.[1];

/** Where each cell of a lab is, for people. */
export function placesOf(handedOut: CellsByName): ReadonlyMap<string, string> {
  let section = '';
  const places = new Map<string, string>();
  for (const [name, cell] of handedOut) {
    const heading = /^## (\d+)/m.exec(cell.cell_type === 'markdown' ? joinText(cell.source) : '');
    if (heading) section = `section ${heading[1]}, `;
    const asked = functionOf(handedOut.get(exerciseOf(name)));
    places.set(name, section + (asked ? `\`${asked}\`` : `cell "${name}"`));
  }
  return places;
}

/**
 * What is to be said of the cells after they ran: one finding for each exercise, and of other cells only errors that do
 * not follow from an exercise.
 */
export function findingsOf(cells: readonly NotebookCell[], handedOut: CellsByName): LabFinding[] {
  const places = placesOf(handedOut);
  const findings = new Map<string, LabFinding>();
  const add = (cell: NotebookCell, problem: string, reasons: readonly string[] = []) => {
    const name = cellName(cell);
    const where = places.get(name) ?? `a cell of your own ("${joinText(cell.source).split('\n')[0]}")`;
    if (!findings.has(exerciseOf(name)))
      findings.set(exerciseOf(name), { cell: name, where, problem, reasons });
  };
  for (const cell of cells.filter(({ cell_type }) => cell_type === 'code')) {
    const problem = problemOf(cell);
    if (problem !== undefined) add(cell, problem, reasonsOf(cell));
  }
  const asked = [...findings.keys()].map((name) => functionOf(handedOut.get(name)));
  return [...findings.values()].filter(({ cell, problem }) => {
    const own = handedOut.get(exerciseOf(cell));
    return (own && nbgraderOf(own).solution) || !follows(problem, asked);
  });
}

function problemOf(cell: NotebookCell): string | undefined {
  if (joinText(cell.source).includes(STUB)) return NOT_WRITTEN;
  const error = errorOf(cell);
  if (error) return `${error.ename}: ${error.evalue}`;
  const [reached, most] = [pointsReached(cell), pointsOf(cell)];
  return reached < most ? `${reached} of ${most} points` : undefined;
}

/** The lines that checks printed about lost points. */
function reasonsOf(cell: NotebookCell): string[] {
  const text = (cell.outputs ?? []).map((output) => joinText(output.text)).join('');
  return text.match(/^wrong: .*(?:\n {2,}.*)*/gm) ?? [];
}

/** Whether an error comes of an exercise that is not written, does not compile, or is wrong. */
const follows = (problem: string, asked: readonly (string | undefined)[]) =>
  /not written yet|did not compile/.test(problem) ||
  asked.some((name) => name !== undefined && new RegExp(`\\b${name}\\b`).test(problem));

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { projectRoot } from '../../paths';
import { writeWhole } from '../../write-whole';
import { type Notebook, writeNotebook } from '../notebook-file';
import type { Lab } from './cell';
import { solutionCopy, sourceCopy, studentCopy } from './copies';
import { holdsWork, markAsHandedOut } from './kept';
import { markingScheme } from './scheme';
import { parseLab } from './source';

const ENDING = '.lab.ts';

/** Folder of the labs' sources. */
export const labFolder = (): string => resolve(projectRoot(), 'labs');

/** Names of the labs, in order. */
export function labNames(folder: string = labFolder()): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return files.map((name) => basename(name, ENDING)).sort();
}

/** A lab by its name. @throws FerlabError when its source is none */
export function loadLab(name: string, folder: string = labFolder()): Lab {
  const path = join(folder, `${name}${ENDING}`);
  return parseLab(readFileSync(path, 'utf8'), path);
}

/** A file that belongs to the copies of a lab. */
export interface LabFile {
  readonly path: string;
  /** Whether somebody had edited it, so that it was left as it is. */
  readonly isKept: boolean;
}

/**
 * Writes the copies of every lab: `students/` to hand out, `solutions/` and `schemes/` for the teacher, and in `course/` a
 * course of nbgrader. A notebook that somebody edited is kept unless `overwrite` is given; a course that is already there
 * keeps its configuration.
 */
export function writeLabs(
  out: string,
  { folder = labFolder(), overwrite = false }: { folder?: string; overwrite?: boolean } = {},
): LabFile[] {
  return [
    ...labNames(folder).flatMap((name) => writeLab(out, { name, lab: loadLab(name, folder), overwrite })),
    { path: writeConfig(out), isKept: false },
  ];
}

function writeLab(
  out: string,
  { name, lab, overwrite }: { name: string; lab: Lab; overwrite: boolean },
): LabFile[] {
  const { cells } = lab;
  const copies = {
    [join(out, 'students', `${name}.ipynb`)]: studentCopy(cells),
    [join(out, 'solutions', `${name}.ipynb`)]: solutionCopy(cells),
    [join(out, 'course/source', name, `${name}.ipynb`)]: sourceCopy(cells),
  };
  const notebooks = Object.entries(copies).map(([path, notebook]) => {
    const isKept = !overwrite && holdsWork(path);
    if (!isKept) writeCopy(path, notebook);
    return { path, isKept };
  });
  const scheme = join(out, 'schemes', `${name}.md`);
  mkdirSync(dirname(scheme), { recursive: true });
  writeWhole(scheme, markingScheme(name, lab));
  return [...notebooks, { path: scheme, isKept: false }];
}

function writeCopy(path: string, notebook: Notebook): void {
  mkdirSync(dirname(path), { recursive: true });
  writeNotebook(path, markAsHandedOut(notebook));
}

/** nbgrader's configuration of the course, which stays that of this checkout. */
function writeConfig(out: string): string {
  const path = join(out, 'course/nbgrader_config.py');
  const shared = JSON.stringify(join(labFolder(), 'nbgrader_config.py'));
  if (!existsSync(path)) writeWhole(path, `load_subconfig(${shared})\n`);
  return path;
}

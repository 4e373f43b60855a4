import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { projectRoot } from '../../paths';
import { writeNotebook } from '../notebook-file';
import type { Lab } from './cell';
import { solutionCopy, sourceCopy, studentCopy } from './copies';
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

/**
 * Writes the copies of every lab: `students/` and `solutions/` to hand out, and `course/source/` for nbgrader.
 * @returns the paths
 */
export function writeLabs(out: string, folder: string = labFolder()): string[] {
  return labNames(folder).flatMap((name) => {
    const { cells } = loadLab(name, folder);
    const copies = {
      [join(out, 'students', `${name}.ipynb`)]: studentCopy(cells),
      [join(out, 'solutions', `${name}.ipynb`)]: solutionCopy(cells),
      [join(out, 'course/source', name, `${name}.ipynb`)]: sourceCopy(cells),
    };
    for (const [path, notebook] of Object.entries(copies)) {
      mkdirSync(dirname(path), { recursive: true });
      writeNotebook(path, notebook);
    }
    return Object.keys(copies);
  });
}

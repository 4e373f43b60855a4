import { existsSync, lstatSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../../errors';

/**
 * Moves new files into a folder and earlier ones out of it; if a move fails, all that were made are taken back.
 * @param folders `made` holds the new files, `target` takes them, `aside` (not there yet) gets those that they replace;
 *   all on one disk
 * @param names of the new files, @param earlier files that may be in `target` and may be replaced or removed
 */
export function replaceFiles(
  folders: { made: string; target: string; aside: string },
  names: readonly string[],
  earlier: readonly string[],
): void {
  const { made, target, aside } = folders;
  mkdirSync(aside);
  const undo: (() => void)[] = [];
  const move = (from: string, to: string) => {
    renameSync(from, to);
    undo.unshift(() => renameSync(to, from));
  };
  try {
    for (const name of earlier.filter((name) => isFile(join(target, name)))) {
      move(join(target, name), join(aside, name));
    }
    for (const name of names) move(join(made, name), join(target, name));
  } catch (error) {
    for (const step of undo) step();
    throw error;
  }
}

const isFile = (path: string) => existsSync(path) && lstatSync(path).isFile();

/**
 * Checks that nothing is lost when new files are moved into a folder.
 * @param names of the new files, @param earlier files in it that may be replaced
 * @throws FerlabError when something else in the folder bears the name of a new file
 */
export function refuseStrangers(target: string, names: readonly string[], earlier: readonly string[]): void {
  for (const name of names) {
    const path = join(target, name);
    if (!existsSync(path) || (earlier.includes(name) && isFile(path))) continue;
    throw new FerlabError(`${path}: a report would overwrite this file, which no earlier report wrote`, {
      remedy: 'move it away, or choose another folder with --out',
    });
  }
}

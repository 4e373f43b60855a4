import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Moves new files into a folder and earlier ones out of it; if a move fails, all that were made are taken back.
 * @param folders `made` holds the new files, `target` takes them, `aside` (not there yet) gets those that they replace;
 *   all on one disk
 * @param names of the new files, @param earlier files that may be in `target` and are not wanted any more
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
    for (const name of new Set([...earlier, ...names])) {
      if (existsSync(join(target, name))) move(join(target, name), join(aside, name));
    }
    for (const name of names) move(join(made, name), join(target, name));
  } catch (error) {
    for (const step of undo) step();
    throw error;
  }
}

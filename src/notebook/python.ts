import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, FerlabError } from '../errors';
import { projectRoot } from '../paths';

/**
 * The Python of the environment that set-up prepared: the project's own `.venv`, else the active conda environment.
 * @throws FerlabError if there is neither
 */
export function findPython(
  root: string = projectRoot(),
  environment: NodeJS.ProcessEnv = process.env,
): string {
  const prefixes = [resolve(root, '.venv'), environment.CONDA_PREFIX];
  const pythons = prefixes.flatMap((prefix) => (prefix ? [join(prefix, 'bin/python')] : []));
  const python = pythons.find((path) => existsSync(path));
  if (!python) {
    throw new FerlabError(`no Python environment was found (looked for ${pythons.join(' and ')})`, {
      remedy: 'set it up with `npm run setup`',
      exitStatus: EXIT.failure,
    });
  }
  return python;
}

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');

/**
 * Where everything lies.
 * @returns `prefix` is the folder of the Python environment, `ownsPrefix` says whether it is ours to make anew
 */
export function describeProject(root = ROOT, environment = process.env) {
  const cache = join(root, '.cache/setup');
  const own = join(root, '.venv');
  const conda = environment.CONDA_PREFIX;
  // The base environment of conda serves other work: it is not changed. An existing .venv goes on to be used.
  const usesConda = Boolean(conda) && environment.CONDA_DEFAULT_ENV !== 'base' && !existsSync(own);
  const prefix = usesConda ? resolve(conda) : own;
  return { root, cache, environment, prefix, ownsPrefix: !usesConda, log: join(cache, 'log.txt') };
}

export const pythonOf = (project) => join(project.prefix, 'bin/python');

/** The folder into which pip installs, or undefined while there is no environment. */
export function sitePackagesOf({ prefix }) {
  const lib = join(prefix, 'lib');
  const folders = existsSync(lib) ? readdirSync(lib) : [];
  return folders
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => join(lib, name, 'site-packages'))
    .find((path) => existsSync(path));
}

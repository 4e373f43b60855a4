import { join, resolve } from 'node:path';

/** Folder of the project: `dist/` and `src/` lie directly in it. */
export function projectRoot(): string {
  return resolve(__dirname, '..');
}

/** A file's or folder's plain name, without any path; nothing else that a file says is taken for one. */
export const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Folder of caches that can be deleted at any time: `$FERLAB_CACHE`, else `data/.cache`. */
export function cacheFolder(): string {
  return process.env.FERLAB_CACHE ?? join(projectRoot(), 'data', '.cache');
}

/** Folder for the tables and figures of the latest run: `$FERLAB_FIGURES`, else `figures/`. */
export function figuresFolder(): string {
  return process.env.FERLAB_FIGURES ?? join(projectRoot(), 'figures');
}

/** Variables of the environment that hold paths; those of data sets are in their descriptions. */
export const PATH_VARIABLES: readonly string[] = [
  'FERPLUS',
  'FERLAB_CACHE',
  'FERLAB_FIGURES',
  'FERLAB_MODELS',
  'FERLAB_RUNS',
  'KAGGLE_CONFIG_DIR',
];

/**
 * Makes relative paths in the environment absolute: a notebook's kernel works in another folder than the shell.
 * @param variables of data sets, as `dataVariables` names them
 */
export function fixPathVariables(
  variables: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): void {
  for (const name of [...PATH_VARIABLES, ...variables]) {
    const path = environment[name];
    if (path) environment[name] = resolve(path);
  }
}

import { join, resolve } from 'node:path';

/** Folder of the project: `dist/` and `src/` lie directly in it. */
export function projectRoot(): string {
  return resolve(__dirname, '..');
}

/** Folder of caches that can be deleted at any time: `$FERLAB_CACHE`, else `data/.cache`. */
export function cacheFolder(): string {
  return process.env.FERLAB_CACHE ?? join(projectRoot(), 'data', '.cache');
}

/** Folder for the tables and figures of the latest run: `$FERLAB_FIGURES`, else `figures/`. */
export function figuresFolder(): string {
  return process.env.FERLAB_FIGURES ?? join(projectRoot(), 'figures');
}

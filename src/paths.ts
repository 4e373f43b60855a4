import { join, resolve } from 'node:path';

/** Folder of the project: `dist/` and `src/` lie directly in it. */
export function projectRoot(): string {
  return resolve(__dirname, '..');
}

/** Folder of caches that can be deleted at any time: `$FERLAB_CACHE`, else `data/.cache`. */
export function cacheFolder(): string {
  return process.env.FERLAB_CACHE ?? join(projectRoot(), 'data', '.cache');
}

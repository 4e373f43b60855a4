import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Annotated pictures of faces for tests: `$FERLAB_FACES`, else `../shared/datasets/faces`. They may not be published;
 * without them tests are skipped with the reason.
 */
export function findFaces(): { folder: string; skip: false | string } {
  const folder = process.env.FERLAB_FACES ?? resolve(__dirname, '../../../shared/datasets/faces');
  const skip = existsSync(folder) ? false : 'no annotated pictures: set FERLAB_FACES to their folder';
  return { folder, skip };
}

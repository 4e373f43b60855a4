import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The real FER-2013 for tests: `$FER2013`, else `../shared/datasets/fer2013-genuine.csv.gz`. Without it tests are skipped
 * with the reason; in continuous checks (`CI` set) its absence fails them.
 */
export function findFer2013(): { path: string; skip: false | string } {
  const path = process.env.FER2013 ?? resolve(__dirname, '../../shared/datasets/fer2013-genuine.csv.gz');
  if (existsSync(path)) return { path, skip: false };
  if (process.env.CI) return { path, skip: false };
  return { path, skip: 'no FER-2013: set FER2013 to its path' };
}

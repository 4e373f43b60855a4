import { join } from 'node:path';
import { projectRoot } from '../paths';
import { type LeakResults, loadLeakResults } from './results';

/** What the leak lab measured on FER-2013, as it is published in `studies/`. */
export function publishedLeaks(): LeakResults {
  return loadLeakResults(join(projectRoot(), 'studies/leaks.measured.json'));
}

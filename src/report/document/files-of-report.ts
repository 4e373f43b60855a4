import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What is read of the `results.json` of any version. */
const listing = z.object({ format: z.string().startsWith('ferlab-results-'), files: z.array(z.string()) });

/**
 * The files that an earlier report says it wrote; none if there was no report, or if its list can't be read.
 * The names come from a file that anyone can edit: the caller keeps those that a report can have.
 * @param path of the earlier `results.json`
 */
export function filesOfReport(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  try {
    return listing.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data?.files ?? [];
  } catch {
    return []; // no JSON
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { FerlabError } from '../../errors';
import { problemsOf } from '../../zod-problems';

/** A claim that one command tests. */
const claim = z.strictObject({
  claim: z.string(),
  command: z.string(),
  /** The model and the path of the number in its results, such as `test.metrics.accuracy`. */
  model: z.string(),
  number: z.string(),
  expected: z.number(),
  /** Largest difference on another machine with the same pixels. */
  tolerance: z.number().min(0),
  /** Processor time of the command, over all cores, and where it was measured; absent where nobody has measured it. */
  seconds: z.number().positive().optional(),
  machine: z.string().optional(),
});

const schema = z.strictObject({
  version: z.string(),
  paper: z.strictObject({
    title: z.string(),
    authors: z.array(z.strictObject({ name: z.string() })),
    reference: z.string(),
  }),
  manifest: z.array(z.strictObject({ file: z.string(), comment: z.string() })).min(1),
  codechecker: z.array(z.unknown()),
  summary: z.string(),
  claims: z.array(claim).min(1),
});

/** What `codecheck.yml` says: the files that a check makes again, and the claims with their expected values. */
export type Codecheck = z.infer<typeof schema>;

export const CODECHECK_FILE = 'codecheck.yml';

/** Reads the file of a project. @returns null where there is none @throws FerlabError that names the wrong fields */
export function loadCodecheck(project: string): Codecheck | null {
  const path = join(project, CODECHECK_FILE);
  if (!existsSync(path)) return null;
  const result = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (result.success) return result.data;
  throw new FerlabError(`${path}: ${problemsOf(result.error, 'file').join('; ')}`, {
    remedy: 'correct the fields that are named',
  });
}

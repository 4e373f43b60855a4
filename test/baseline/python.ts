import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython } from '../../src/notebook/python';

/** What a script beside this file prints for some input, both as JSON. */
export function askPython<Answer>(script: string, input: unknown): Answer {
  const out = execFileSync(findPython(), [join(__dirname, script)], {
    input: JSON.stringify(input),
    stdio: 'pipe',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(out.toString()) as Answer;
}

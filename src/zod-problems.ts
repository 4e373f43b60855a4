import type { z } from 'zod';

/**
 * What a schema found wrong, a sentence for each field.
 * @param whole what the value itself is called, where the problem lies in no field of it
 */
export function problemsOf({ issues }: z.ZodError, whole: string): string[] {
  return issues.map((issue) => {
    // A key that is wrong has problems of its own.
    const { message } = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue;
    return `${issue.path.join('.') || whole}: ${message}`;
  });
}

import { inspect, isDeepStrictEqual } from 'node:util';
import { NOT_WRITTEN } from './not-written';

/** One check of an exercise. */
export interface LabCheck {
  /** What is checked, in a few words. */
  readonly what: string;
  readonly points: number;
  /** What may be wrong, without giving the answer away. */
  readonly hint: string;
  /** What came out, and what should: numbers agree to 1e-9. */
  holds():
    | readonly [actual: unknown, expected: unknown]
    | Promise<readonly [actual: unknown, expected: unknown]>;
}

const TIME_LIMIT_MS = 10_000;
/** Characters of what a check says of an error. */
const LONGEST_MESSAGE = 500;

/**
 * Runs the checks of a cell and prints one line for each, with a reason for every point that is lost, and a hint to who
 * has tried.
 * @returns the points: as the last value of a graded cell they are its partial credit. Undefined where there is nothing to
 *   check yet, which nbgrader counts as full.
 */
export async function grade(checks: readonly LabCheck[]): Promise<number | undefined> {
  if (checks.length === 0) {
    console.log('checked at grading');
    return undefined;
  }
  let points = 0;
  for (const check of checks) {
    const problem = await problemOf(check);
    if (problem === null) points += check.points;
    const mark = problem === null ? 'right' : 'wrong';
    console.log(`${mark}: ${check.what} (${problem === null ? check.points : 0} of ${check.points})`);
    if (problem !== null) console.log(`       ${problem}`);
    if (problem !== null && problem !== NOT_WRITTEN) console.log(`       hint: ${check.hint}`);
  }
  // The notebook shows the value, which nbgrader reads, as a bare number below.
  console.log(`${points} of ${checks.reduce((sum, check) => sum + check.points, 0)} points`);
  return points;
}

/** What is wrong, or null. */
async function problemOf({ holds }: LabCheck): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it does not finish')), TIME_LIMIT_MS);
  });
  try {
    const [actual, expected] = await Promise.race([holds(), late]);
    return agree(actual, expected) ? null : `it gives ${shown(actual)}, and should give ${shown(expected)}`;
  } catch (error) {
    return describe(error);
  } finally {
    clearTimeout(timer);
  }
}

/** A value on one line. */
const shown = (value: unknown) =>
  inspect(value, { breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 50 });

/** What was thrown, which can be anything, and need not let itself be described. */
function describe(thrown: unknown): string {
  try {
    const text =
      thrown instanceof Error
        ? String(thrown.message)
        : typeof thrown === 'string'
          ? thrown
          : inspect(thrown);
    return text.slice(0, LONGEST_MESSAGE);
  } catch {
    return 'it throws something that can not be shown';
  }
}

function agree(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') return Math.abs(actual - expected) <= 1e-9;
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((value, i) => agree(actual[i], value))
    );
  if (typeof expected === 'object' && expected !== null)
    return (
      typeof actual === 'object' &&
      actual !== null &&
      Object.entries(expected).every(([key, value]) => agree((actual as Record<string, unknown>)[key], value))
    );
  return isDeepStrictEqual(actual, expected);
}

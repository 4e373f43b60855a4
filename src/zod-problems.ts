import { z } from 'zod';

// Schemas that state no message of their own speak in the words of people who edit files, not in those of a library.
z.config({ customError: inWords });

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

/** Undefined leaves the message to the library. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const problem = problemOf(issue);
  const { input } = issue;
  const isShort = typeof input === 'number' || typeof input === 'string' || typeof input === 'boolean';
  return problem && isShort ? `${problem} (got ${JSON.stringify(input).slice(0, 40)})` : problem;
}

function problemOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${formOf(issue.expected)}`;
    case 'too_small':
      return boundOf(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return boundOf(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `unknown field ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'regex' ? `must match ${issue.pattern}` : undefined;
    default:
      return undefined;
  }
}

function boundOf(origin: string, relation: string, bound: number | bigint): string {
  const counted = COUNTED[origin];
  return counted
    ? `must have ${relation} ${bound} ${counted[Number(bound) === 1 ? 0 : 1]}`
    : `must be ${relation} ${bound}`;
}

/** What the length of a value counts. */
const COUNTED: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
  object: ['field', 'fields'],
};

const FORMS: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  object: 'a group of fields in braces',
  record: 'a group of fields in braces',
};

const formOf = (expected: string) => FORMS[expected] ?? expected;

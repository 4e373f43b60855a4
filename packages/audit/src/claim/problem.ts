import type { z } from 'zod';
import { ClaimError } from '../error';

/** An error that names a field of a claim. */
export function fail(field: string, problem: string, remedy: string): ClaimError {
  return new ClaimError(`${field}: ${problem}`, { remedy });
}

/** Turns a zod issue into an error that names the field and shows the value, shortened. */
export function describeIssue(issue: z.core.$ZodIssue, root: unknown): ClaimError {
  const path = issue.path.map(String);
  const field = path.join('.') || 'claim';
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], root);
  const shown = JSON.stringify(value)?.slice(0, 40) ?? 'nothing';
  if (issue.code === 'unrecognized_keys') {
    return fail(
      [...path, issue.keys[0]].join('.'),
      'is not a field of a claim',
      'see claims/claim.schema.json for the fields',
    );
  }
  return fail(
    field,
    `${inWords(issue, value)} (got ${shown})`,
    'see claims/claim.schema.json for the fields and their forms',
  );
}

/** What is wrong with a value, in the words of someone who reads tables. */
function inWords(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined
        ? `must be there, as ${formOf(issue.expected)}`
        : `must be ${formOf(issue.expected)}`;
    case 'too_small':
      return `must be at least ${issue.minimum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${issue.origin === 'string' ? ' characters long' : ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return 'must be a figure in quotes, a whole number, or null';
    default:
      return `can not be used: ${issue.message}`;
  }
}

function formOf(expected: string): string {
  const forms: Readonly<Record<string, string>> = {
    string: 'text in quotes, such as "0.86"',
    number: 'a whole number',
    int: 'a whole number',
    array: 'a list in square brackets',
    object: 'a group in braces',
    record: 'a group in braces with a value for each class',
  };
  return forms[expected] ?? expected;
}

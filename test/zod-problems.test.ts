import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { problemsOf } from '../src/zod-problems';

/** What is said of a value that a schema refuses. */
function said(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  assert.ok(error, `${JSON.stringify(value)} was accepted`);
  return problemsOf(error, 'value');
}

test('bounds are said in words, with the value', () => {
  const epochs = z.strictObject({ epochs: z.int().min(1).max(10) });
  assert.deepEqual(said(epochs, { epochs: 0 }), ['epochs: must be at least 1 (got 0)']);
  assert.deepEqual(said(epochs, { epochs: 11 }), ['epochs: must be at most 10 (got 11)']);
  assert.deepEqual(said(z.number().gt(0).lt(1), 0), ['value: must be more than 0 (got 0)']);
  assert.deepEqual(said(z.number().gt(0).lt(1), 1), ['value: must be less than 1 (got 1)']);
  assert.deepEqual(said(z.array(z.int()).min(1), []), ['value: must have at least 1 entry']);
  assert.deepEqual(said(z.string().max(2), 'long'), ['value: must have at most 2 characters (got "long")']);
});

test('forms are said in words', () => {
  const schema = z.strictObject({ name: z.string(), count: z.int(), isOpen: z.boolean() });
  assert.deepEqual(said(schema, { name: 3, count: 'x', isOpen: null }), [
    'name: must be text in quotes (got 3)',
    'count: must be a number (got "x")',
    'isOpen: must be true or false',
  ]);
  assert.deepEqual(said(schema, {}), ['name: is missing', 'count: is missing', 'isOpen: is missing']);
  assert.deepEqual(said(z.int(), 2.5), ['value: must be a whole number (got 2.5)']);
  assert.deepEqual(said(z.record(z.string(), z.int()), []), ['value: must be a group of fields in braces']);
});

test('choices are listed, and unknown fields named', () => {
  const schema = z.strictObject({ kind: z.enum(['sgd', 'adamw']) });
  assert.deepEqual(said(schema, { kind: 'adam' }), ['kind: must be one of "sgd", "adamw" (got "adam")']);
  assert.deepEqual(said(schema, { kind: 'sgd', rate: 1 }), ['value: unknown field "rate"']);
});

test('what a schema says itself stays as it is', () => {
  const even = z.int({ error: 'a count of pairs' }).refine((value) => value % 2 === 0, 'must be even');
  assert.deepEqual(said(even, 3), ['value: must be even']);
  assert.deepEqual(said(even, 'x'), ['value: a count of pairs']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHAPES, soundClaim } from '../../bench/audit/shapes';
import { readingsOf } from '../../packages/audit/src/claim/reading';
import { claimJsonSchema } from '../../packages/audit/src/claim/schema';
import { validateClaim } from '../../src/audit/audit';
import { randomStream } from '../../src/random';

/** The part of a JSON schema that the test follows. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string;
}

/** Every field of a schema, and every word that one may hold. */
function fieldsOf(schema: Schema, path = ''): string[] {
  if (schema.oneOf) return schema.oneOf.flatMap((one) => fieldsOf(one, path));
  if (schema.const !== undefined) return [`${path}=${schema.const}`];
  if (schema.enum) return schema.enum.map((word) => `${path}=${word}`);
  if (!schema.properties) return [path];
  return Object.entries(schema.properties).flatMap(([key, inner]) => fieldsOf(inner, `${path}.${key}`));
}

/** What of these a value has. */
function fieldsIn(value: unknown, known: ReadonlySet<string>, path = ''): string[] {
  if (known.has(path)) return [path];
  if (typeof value === 'string') return [`${path}=${value}`];
  return Object.entries((value ?? {}) as object).flatMap(([key, inner]) =>
    fieldsIn(inner, known, `${path}.${key}`),
  );
}

/** What stands for nothing: words about the claim, and what holds where nothing is said. */
const DEFAULTS = [
  '.$schema',
  '.source',
  '.note',
  '.labels=one',
  '.scale=fraction',
  '.aggregation.kind=single',
];

const SEED = 3;
const OF_EACH = 12;
const claims = SHAPES.flatMap((shape) =>
  Array.from({ length: OF_EACH }, (_, i) => soundClaim(randomStream(SEED, shape, i), shape)),
);

test('every field that a claim may have is drawn for soundness, and each claim that is drawn is valid', () => {
  const known = new Set(fieldsOf(claimJsonSchema() as Schema));
  const drawn = new Set(claims.flatMap((claim) => fieldsIn(validateClaim(claim), known)));
  const missing = [...known].filter((field) => !drawn.has(field) && !DEFAULTS.includes(field));
  assert.deepEqual(missing, []);
});

test('figures of every form are drawn: short, long, in hundredths with a sign and without, below 0', () => {
  const texts = claims.flatMap((claim) => JSON.stringify(claim).match(/(?<=")-?\d*\.\d+%?(?=")/g) ?? []);
  const forms = [
    /^0\.\d$/,
    /^0\.\d{5}$/,
    /^0\.\d{7,9}$/,
    /^0\.\d{15,}$/,
    /^\d\d\.\d%$/,
    /^\d\d\.\d{10,}$/,
    /^-0/,
  ];
  for (const form of forms)
    assert.ok(
      texts.some((text) => form.test(text)),
      String(form),
    );
  const signs = claims.flatMap(({ agreement }) => Object.values(agreement ?? {}));
  assert.ok(signs.some((text) => text.startsWith('-')));
});

test('every reading of a claim is the true one of some that are drawn', () => {
  const words = claims.flatMap((claim) => readingsOf(claim).flatMap((reading) => Object.entries(reading)));
  const drawn = new Set(words.map(([key, value]) => `${key}=${value}`));
  for (const reading of [
    ...['recall', 'one-vs-rest'].map((value) => `classAccuracy=${value}`),
    ...['share correct', 'mean of classes', 'weighted mean of classes'].map((value) => `accuracy=${value}`),
    ...['macro', 'weighted', 'first class', 'second class'].map((value) => `means=${value}`),
    ...['mean of F1s', 'F1 of means'].map((value) => `macroF1=${value}`),
    ...['as printed', 'test share', 'unknown'].map((value) => `supports=${value}`),
  ])
    assert.ok(drawn.has(reading), reading);
});

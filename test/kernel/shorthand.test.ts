import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../../src/paths';

const { expandShorthand } = createRequire(__filename)(join(projectRoot(), 'kernel/shorthand.cjs')) as {
  expandShorthand(code: string): string;
};

test('short properties are written out, also nested and in assignments', () => {
  assert.equal(expandShorthand('f({ a, b: { c } });'), 'f({ a: a, b: { c: c } });');
  assert.equal(expandShorthand('({ a = 1 } = x);'), '({ a: a = 1 } = x);');
});

test('patterns, imports, types and text stay as they are', () => {
  const code = "import { a } from 'x';\nconst { b } = a;\ntype T = { c: 1 };\nconst s = '{ d }';\n// { e }";
  assert.equal(expandShorthand(code), code);
});

test('code that does not parse is left to the compiler', () => {
  assert.equal(expandShorthand('const a = { b,'), 'const a = { b,');
});

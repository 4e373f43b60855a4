import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectRoot } from '../src/paths';

const SOURCE = join(projectRoot(), 'src');

/** The TypeScript files of `src/` with their text. */
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }));

test("the paper's data set is named where it is described, and hardly elsewhere", () => {
  const naming = FILES.filter(({ text }) => /fer[-_ ]?2013/i.test(text)).map(({ name }) => name);
  assert.ok(naming.includes('dataset/specs/fer2013.ts'));
  assert.ok(naming.length <= 10, `named in ${naming.length} files: ${naming.join(', ')}`);
});

test('official parts are named by the description alone', () => {
  const naming = FILES.filter(({ text }) => /['"`](PublicTest|PrivateTest)['"`]/.test(text));
  assert.deepEqual(
    naming.map(({ name }) => name),
    ['dataset/specs/fer2013.ts'],
  );
});

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

/** A file, with its path from the project's folder. */
interface Source {
  readonly name: string;
  readonly text: string;
}

const DECLARATION =
  /^export (?:abstract |async |declare )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;

/** The exported names that several files declare, with those files; what is re-exported is declared once. */
function namesDeclaredTwice(sources: readonly Source[]): string[] {
  const places = new Map<string, string[]>();
  for (const { name, text } of sources) {
    const declared = new Set([...text.matchAll(DECLARATION)].map((match) => match[1]!));
    for (const word of declared) places.set(word, [...(places.get(word) ?? []), name]);
  }
  return [...places].flatMap(([word, files]) => (files.length > 1 ? `${word}: ${files.join(', ')}` : []));
}

/** Without the names of what a file of `src/audit/` wraps: it calls the auditor's function of that name. */
function withoutWrappers({ name, text }: Source): Source {
  if (!name.startsWith('src/audit/')) return { name, text };
  return {
    name,
    text: text.replace(DECLARATION, (line, word) => (text.includes(`audit.${word}`) ? '' : line)),
  };
}

const PACKAGES = join(projectRoot(), 'packages');
const SOURCES: readonly Source[] = [
  ...FILES.map(({ name, text }) => ({ name: `src/${name}`, text })),
  ...readdirSync(PACKAGES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^[^/]+\/src\/.*\.ts$/.test(name))
    .map((name) => ({ name: `packages/${name}`, text: readFileSync(join(PACKAGES, name), 'utf8') })),
];

test('no two things of the project and its packages are exported under one name', () => {
  assert.ok(SOURCES.some(({ name }) => name.startsWith('packages/audit/src/checks/')));
  assert.deepEqual(namesDeclaredTwice(SOURCES.map(withoutWrappers)), []);
});

test('a name that is declared twice is told, and one that is handed on or wrapped is not', () => {
  const sources = [
    { name: 'src/report/figure.ts', text: 'export interface Figure {}\nexport const drawn = 1;' },
    {
      name: 'packages/audit/src/figure.ts',
      text: 'export type Figure = string;\nexport function check() {}',
    },
    { name: 'src/index.ts', text: "export { drawn } from './report/figure';" },
    { name: 'src/audit/audit.ts', text: 'export const check = withOurErrors(audit.check);' },
  ];
  assert.deepEqual(namesDeclaredTwice(sources.map(withoutWrappers)), [
    'Figure: src/report/figure.ts, packages/audit/src/figure.ts',
  ]);
});

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';

const PACKAGE = join(__dirname, '..', '..', 'packages', 'audit');
const SOURCES = join(PACKAGE, 'src');

/** The package as one script for a browser; esbuild refuses whatever a browser has not. */
async function bundle() {
  return build({
    entryPoints: [join(SOURCES, 'index.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'audit',
    logLevel: 'silent',
  });
}

test('the package bundles for a browser without modules of Node or of the rest of the project', async () => {
  const { metafile, outputFiles } = await bundle();
  const inputs = Object.keys(metafile.inputs);
  assert.ok(inputs.some((path) => path.endsWith('packages/audit/src/audit.ts')));
  const foreign = inputs.filter(
    (path) => !path.startsWith('packages/audit/src') && !path.includes('node_modules'),
  );
  assert.deepEqual(foreign, []);
  const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  const used = new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  assert.deepEqual([...used].sort(), Object.keys(dependencies).sort());
  // As in a browser: neither `require` nor `process` is there.
  const context: { audit?: { claimFromTable(text: string): { accuracy?: string } }; URL: unknown } = { URL };
  runInNewContext(outputFiles[0]!.text, context);
  const text = '| class | recall |\n|---|---|\n| a | 0.5 |\n| b | 0.7 |\n| accuracy | 0.6 |';
  assert.equal(context.audit!.claimFromTable(text).accuracy, '0.6');
});

/** For each source file of the package, the files that it imports, types included. */
function importGraph(): Map<string, string[]> {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return new Map(
    files.map((name) => {
      const text = readFileSync(join(SOURCES, name), 'utf8');
      const imported = [...text.matchAll(/from '(\.[^']+)'/g)].map(
        ([, path]) => `${relative(SOURCES, join(SOURCES, dirname(name), path!))}.ts`,
      );
      return [name, imported];
    }),
  );
}

/** A way from a file back to itself, if there is one. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = visit(next, [...way, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = visit(file, []);
    if (circle) return circle;
  }
  return undefined;
}

test('no file and no folder of the package imports itself by way of others', () => {
  const graph = importGraph();
  assert.ok(graph.size > 30);
  assert.equal(findCircle(graph), undefined);
  const folderOf = (file: string) => (dirname(file) === '.' ? file : dirname(file));
  const folders = new Map<string, string[]>();
  for (const [file, imported] of graph) {
    const others = imported.map(folderOf).filter((folder) => folder !== folderOf(file));
    folders.set(folderOf(file), [...(folders.get(folderOf(file)) ?? []), ...others]);
  }
  assert.equal(findCircle(folders), undefined);
  assert.deepEqual(
    findCircle(
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    ),
    ['a', 'b', 'a'],
  );
});

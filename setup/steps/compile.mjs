import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashOf, hashOfFile, listFiles } from '../files.mjs';
import { installedVersion } from './node-packages.mjs';

// TypeScript 7, the compiler in native code, takes a quarter of the time of 5.9. The latter stays for tools that call the
// compiler as a library, for which 7 has no stable interface yet.
const COMPILER = 'node_modules/typescript-native/bin/tsc';

/** Folders that are compiled, each with a `src/` and a `dist/`: the packages that the helper module needs, and itself. */
const COMPILED = ['packages/audit', '.'];

/** The helper module and its packages, from `src/` to `dist/`. */
export const compile = {
  name: 'helper module',
  needs: [],
  inputs: ({ root }) => [
    installedVersion(root, 'typescript-native'),
    hashOfFile(join(root, 'package-lock.json')),
    ...COMPILED.map((folder) => hashOfFile(join(root, folder, 'tsconfig.json'))),
    hashOf(sources(root).flatMap((path) => [path, hashOfFile(join(root, path))])),
  ],
  isDone: ({ root }) => outputs(root).every((path) => existsSync(path)),
  async run(project) {
    const { root } = project;
    for (const folder of COMPILED) discardStale(join(root, folder));
    await project.shell.run(process.execPath, [COMPILER, '--build'], {
      cwd: root,
      remedy: 'correct the type errors listed above',
    });
    chmodSync(join(root, 'dist/cli/main.js'), 0o755);
  },
};

function sources(root) {
  return COMPILED.flatMap((folder) => sourcesIn(join(root, folder)).map((path) => relative(root, path)));
}

function outputs(root) {
  return COMPILED.flatMap((folder) => outputsIn(join(root, folder)));
}

function sourcesIn(folder) {
  return listFiles(join(folder, 'src')).filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function outputsIn(folder) {
  const toOutput = (path) => path.replace(/^src/, 'dist').replace(/\.ts$/, '.js');
  return sourcesIn(folder).map((path) => join(folder, toOutput(relative(folder, path))));
}

/** Removes what no source stands behind, and the compiler's memory when it takes missing files for written. */
function discardStale(folder) {
  const dist = join(folder, 'dist');
  if (!existsSync(dist)) return;
  const wanted = new Set(outputsIn(folder).map((path) => path.replace(/\.js$/, '')));
  for (const path of listFiles(dist))
    if (/\.(js|d\.ts)$/.test(path) && !wanted.has(path.replace(/\.(js|d\.ts)$/, ''))) rmSync(path);
  if (outputsIn(folder).some((path) => !existsSync(path)))
    rmSync(join(dist, '.tsbuildinfo'), { force: true });
}

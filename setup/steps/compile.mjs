import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashOf, hashOfFile, listFiles } from '../files.mjs';
import { installedVersion } from './node-packages.mjs';

const COMPILER = 'node_modules/typescript/bin/tsc';

/** The helper module, from `src/` to `dist/`. */
export const compile = {
  name: 'helper module',
  needs: [],
  inputs: ({ root }) => [
    installedVersion(root, 'typescript'),
    hashOfFile(join(root, 'package-lock.json')),
    hashOfFile(join(root, 'tsconfig.json')),
    hashOf(sources(root).flatMap((path) => [path, hashOfFile(join(root, path))])),
  ],
  isDone: ({ root }) => outputs(root).every((path) => existsSync(path)),
  async run(project) {
    const { root } = project;
    if (existsSync(join(root, 'dist'))) discardStale(root);
    await project.shell.run(process.execPath, [COMPILER, '--project', 'tsconfig.json'], {
      cwd: root,
      remedy: 'mend the types that the details name',
    });
    chmodSync(join(root, 'dist/cli/main.js'), 0o755);
  },
};

function sources(root) {
  return listFiles(join(root, 'src'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map((path) => relative(root, path));
}

function outputs(root) {
  return sources(root).map((path) => join(root, path.replace(/^src/, 'dist').replace(/\.ts$/, '.js')));
}

/** Removes what no source stands behind, and the compiler's memory when it takes missing files for written. */
function discardStale(root) {
  const wanted = new Set(outputs(root).map((path) => path.replace(/\.js$/, '')));
  for (const path of listFiles(join(root, 'dist')))
    if (/\.(js|d\.ts)$/.test(path) && !wanted.has(path.replace(/\.(js|d\.ts)$/, ''))) rmSync(path);
  if (outputs(root).some((path) => !existsSync(path)))
    rmSync(join(root, 'dist/.tsbuildinfo'), { force: true });
}

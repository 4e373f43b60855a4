import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOfFile, readJson } from '../files.mjs';

const FLAGS = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];

/** The packages of package-lock.json, without their install scripts: one of them would fetch another TensorFlow. */
export const nodePackages = {
  name: 'node packages',
  needs: [],
  inputs: ({ root }) => [dependenciesIn(root), hashOfFile(join(root, 'package-lock.json'))],
  isDone: ({ root }) => installedAsLocked(root),
  async run(project) {
    // Somebody may have installed them by hand.
    if (installedAsLocked(project.root)) return;
    const [program, words] = npm(project.environment);
    await project.shell.run(program, [...words, 'ci', ...FLAGS], {
      cwd: project.root,
      remedy: 'check that the npm registry can be reached and that package-lock.json matches package.json',
    });
  },
};

/** The parts of package.json that decide what is installed. */
function dependenciesIn(root) {
  const { workspaces, dependencies, devDependencies, overrides } = readJson(join(root, 'package.json')) ?? {};
  return JSON.stringify({ workspaces, dependencies, devDependencies, overrides });
}

/** npm as Node's own script where it is known, so that the Node that runs now runs it too. */
function npm({ npm_execpath: path }) {
  return path?.endsWith('npm-cli.js') && existsSync(path) ? [process.execPath, [path]] : ['npm', []];
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own record there as the last thing, and
 * removes it first: without the record the folder is half-made.
 */
function installedAsLocked(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages;
  const found = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!wanted || !found) return false;
  return Object.entries(wanted).every(([path, want]) => {
    if (path === '' || !path.includes('node_modules/')) return true;
    if (want.link) return existsSync(join(root, path, 'package.json'));
    const have = found[path];
    if (!have) return want.optional || want.peer || false;
    return have.version === want.version && existsSync(join(root, path, 'package.json'));
  });
}

/** Version of an installed package. */
export function installedVersion(root, name) {
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Folder of the npm that is beside this Node, or undefined. */
export function npmFolder({ npm_execpath: path }) {
  const folders = [
    path ? dirname(dirname(path)) : '',
    join(dirname(process.execPath), '../lib/node_modules/npm'),
  ];
  return folders.find(
    (folder) => folder && existsSync(join(folder, 'node_modules/node-gyp/bin/node-gyp.js')),
  );
}

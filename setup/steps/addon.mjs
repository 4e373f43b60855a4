import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../errors.mjs';
import { hashOf, hashOfFile, listFiles } from '../files.mjs';
import { pythonOf, sitePackagesOf } from '../project.mjs';
import { capture } from '../shell.mjs';
import { addLists } from './addon-lists.mjs';
import { installedVersion, npmFolder } from './node-packages.mjs';
import { distributions } from './python-packages.mjs';

const PACKAGE = 'node_modules/@tensorflow/tfjs-node';
/** Modules of our own beside the addon, by the names of their sources. macOS has no such ways to load a library. */
const MODULES = process.platform === 'linux' ? ['quiet-log', 'early-load'] : [];
const sourceOf = (name) => `src/engine/${name}.cc`;

/** What of the package its build needs. */
const SOURCES = ['package.json', 'binding.gyp', 'binding'];

/** The addon of TensorFlow for Node, built against the TensorFlow of the Python environment. */
export const addon = {
  name: 'tensorflow addon',
  needs: ['compiler'],
  inputs: ({ root, ...project }) => [
    installedVersion(root, '@tensorflow/tfjs-node'),
    process.versions.napi,
    process.arch,
    sitePackagesOf(project) ?? 'absent',
    ...distributions(project).filter((name) => /^(tensorflow|nvidia)/.test(name)),
    ...[...MODULES.map(sourceOf), 'setup/steps/addon-lists.mjs'].map((path) => hashOfFile(join(root, path))),
  ],
  isDone: (project, remembered) => Boolean(remembered) && describeBuild(project) === remembered,
  async run(project) {
    if (!(linksHold(project) && computes(project))) await build(project);
    await Promise.all(MODULES.map((name) => buildModule(project, name)));
    return describeBuild(project);
  },
};

async function build(project) {
  const folder = join(project.root, PACKAGE);
  for (const name of ['lib', 'deps']) remove(join(folder, name));
  linkLibraries(project);
  addLists(folder);
  const place = buildFolder(project);
  try {
    for (const name of [...SOURCES, 'deps'])
      cpSync(join(folder, name), join(place, name), { recursive: true, verbatimSymlinks: true });
    await compile(project, place);
    cpSync(join(place, 'lib'), join(folder, 'lib'), { recursive: true });
  } finally {
    remove(place);
  }
  if (!computes(project))
    throw new SetupError(
      'the addon was built but does not load',
      'delete node_modules and .venv, and set up again',
    );
}

async function compile(project, folder) {
  const script = join(project.root, 'node_modules/@mapbox/node-pre-gyp/bin/node-pre-gyp');
  await project.shell.run(process.execPath, [script, 'install', '--build-from-source'], {
    cwd: folder,
    env: { ...project.environment, ...gypSettings(project) },
    remedy:
      'check that the C++ compiler works, and that the headers of Node are installed or can be downloaded',
  });
}

/** An empty folder for the build. make splits paths at blanks: where the project's own has one, it is a temporary folder. */
function buildFolder({ cache }) {
  const isPlain = (path) => /^[\w./+-]+$/.test(path);
  if (isPlain(cache)) {
    remove(join(cache, 'addon'));
    mkdirSync(join(cache, 'addon'), { recursive: true });
    return join(cache, 'addon');
  }
  if (isPlain(tmpdir())) return mkdtempSync(join(tmpdir(), 'ferlab-addon-'));
  throw new SetupError(
    `make can build neither in ${cache} nor in ${tmpdir()}`,
    'set TMPDIR to a folder whose path has only letters, digits and . _ + - /',
  );
}

/** Compiles one of our own modules. @param path of the module */
export async function buildModule(project, name, path = join(project.root, PACKAGE, `lib/${name}.node`)) {
  const include = join(sitePackagesOf(project) ?? '', 'tensorflow/include');
  const words = ['-std=c++17', '-O2', '-shared', '-fPIC', '-pthread', '-isystem', include, '-o', path];
  await project.shell.run(compilerOf(project), [...words, join(project.root, sourceOf(name))], {
    cwd: project.root,
    env: project.environment,
    remedy: 'check that the C++ compiler works, or set CXX to another one',
  });
}

function compilerOf({ environment }) {
  if (environment.CXX) return environment.CXX;
  return capture('c++', ['--version'], { env: environment }) === undefined ? 'g++' : 'c++';
}

/** Node's own headers serve where they are installed, so that nothing is downloaded. */
function gypSettings({ environment, ...project }) {
  const prefix = [project.prefix, join(process.execPath, '../..')].find((folder) =>
    existsSync(join(folder, 'include/node/node_api.h')),
  );
  const npm = npmFolder(environment);
  return {
    npm_config_python: pythonOf(project),
    npm_config_jobs: 'max',
    ...(prefix ? { npm_config_nodedir: prefix } : {}),
    ...(npm ? { npm_config_node_gyp: join(npm, 'node_modules/node-gyp/bin/node-gyp.js') } : {}),
  };
}

/** Paths in the package's folder, and where they lead: its build file looks for TensorFlow under these names. */
function links(project) {
  const python = sitePackagesOf(project) ?? '';
  const library = (name) => join(python, 'tensorflow', name);
  const ofLinux = [
    ['deps/lib/libtensorflow.so', library('libtensorflow_cc.so.2')],
    ['deps/lib/libtensorflow_cc.so.2', library('libtensorflow_cc.so.2')],
    ['deps/lib/libtensorflow_framework.so', library('libtensorflow_framework.so.2')],
    ['deps/lib/libtensorflow_framework.so.2', library('libtensorflow_framework.so.2')],
  ];
  const ofMacOs = [
    ['deps/lib/libtensorflow.2.dylib', library('libtensorflow_cc.2.dylib')],
    ['deps/lib/libtensorflow_cc.2.dylib', library('libtensorflow_cc.2.dylib')],
    ['deps/lib/libtensorflow_framework.2.dylib', library('libtensorflow_framework.2.dylib')],
  ];
  // TensorFlow looks for CUDA's libraries relative to where it was loaded from.
  const cuda = project.device === 'gpu' ? [['deps/nvidia', join(python, 'nvidia')]] : [];
  return [
    ['deps/include', library('include')],
    ...(process.platform === 'darwin' ? ofMacOs : ofLinux),
    ...cuda,
  ];
}

/** Leads the package to TensorFlow's library, and on a GPU to CUDA's. */
export function linkLibraries(project) {
  for (const [path, target] of links(project)) link(join(project.root, PACKAGE, path), target);
}

function linksHold(project) {
  return links(project).every(([path, target]) => leadsTo(join(project.root, PACKAGE, path)) === target);
}

function leadsTo(path) {
  try {
    // The library itself must be there too.
    statSync(path);
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function link(path, target) {
  mkdirSync(join(path, '..'), { recursive: true });
  symlinkSync(target, path);
}

/** Hash of the links and of size and time of what was built; undefined while there is nothing. */
function describeBuild(project) {
  const folder = join(project.root, PACKAGE, 'lib');
  if (!linksHold(project) || !existsSync(folder)) return undefined;
  const built = listFiles(folder).filter((path) => path.endsWith('.node'));
  const states = built.map((path) => [path, statSync(path).size, statSync(path).mtimeMs].join());
  return built.length > 0 ? hashOf([...links(project).flat(), ...states]) : undefined;
}

// IdentityN takes its types as a list: 1 is float32.
const COMPUTE = `
  const tf = require('@tensorflow/tfjs-node');
  const { binding } = tf.backend();
  const six = binding.createTensor([], 1, Float32Array.of(6));
  const [{ id }] = binding.executeOp('IdentityN', [{ name: 'T', type: 4, value: [1] }], [six], 1);
  process.exit(tf.scalar(7).mul(binding.tensorDataSync(id)[0]).dataSync()[0] === 42 ? 0 : 1);
`;

/** Whether the addon loads, takes lists and multiplies, in a process of its own: a bad one takes its process down. */
function computes({ root, environment }) {
  const hasBuild =
    existsSync(join(root, PACKAGE, 'lib')) && readdirSync(join(root, PACKAGE, 'lib')).length > 0;
  return (
    hasBuild && capture(process.execPath, ['-e', COMPUTE], { cwd: root, env: environment }) !== undefined
  );
}

const remove = (path) => rmSync(path, { recursive: true, force: true });

// The steps of set-up, in order. A step is done when its key (a hash of all that it depends on) is the one of its last
// full run and its result is there; a step that was cut off has no key yet and is run again.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { kernelspecIsCurrent, writeKernelspec } from '../kernel/kernelspec.mjs';
import { ask, ROOT, run, SetupError } from './shell.mjs';
import { checkCompiler, chooseDevice, findPython, isConda, pythonPrefix } from './tools.mjs';

const NODE_MODULES = join(ROOT, 'node_modules');
const TFJS = join(NODE_MODULES, '@tensorflow', 'tfjs-node');
const ADDON = join(TFJS, 'lib', 'napi-v8', 'tfjs_binding.node');

const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const hash = (...parts) => createHash('sha256').update(parts.join('\0')).digest('hex');
const majorOfNode = () => process.version.split('.')[0];
const python = () => join(pythonPrefix(), 'bin', 'python');

const packages = {
  name: 'Node packages',
  key: () => hash(read('package-lock.json'), majorOfNode(), process.arch),
  isThere: () => existsSync(join(NODE_MODULES, '.package-lock.json')),
  // No install scripts: tfjs-node's would download a TensorFlow of 2022, and no other package needs one.
  run: () => run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']),
};

const environment = {
  name: 'Python environment',
  key: () => {
    const files = ['requirements.txt', 'constraints.txt', `requirements-${chooseDevice()}.txt`];
    return hash(...files.map(read), pythonPrefix());
  },
  isThere: () => existsSync(python()),
  run: () => {
    if (!isConda() && ask(python(), ['-m', 'pip', '--version']) === null) {
      run(findPython(), ['-m', 'venv', '--clear', pythonPrefix()]);
    }
    const requirements = `requirements-${chooseDevice()}.txt`;
    run(python(), ['-m', 'pip', 'install', '--disable-pip-version-check', '-r', requirements]);
  },
};

/** Folder of the `tensorflow` package in the Python environment. */
function tensorflowFolder() {
  const lib = join(pythonPrefix(), 'lib');
  const versions = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3\.\d+$/.test(name)) : [];
  const folder = versions
    .map((name) => join(lib, name, 'site-packages', 'tensorflow'))
    .find((path) => existsSync(path));
  if (folder) return folder;
  throw new SetupError(`there is no TensorFlow in ${pythonPrefix()}: delete .setup/ and call this again`);
}

const addon = {
  name: 'TensorFlow addon',
  key: () => hash(read('package-lock.json'), majorOfNode(), tensorflowFolder(), environment.key()),
  isThere: () => existsSync(ADDON) && existsSync(join(TFJS, 'deps', 'lib', 'libtensorflow.so')),
  run: () => {
    checkCompiler();
    linkTensorflow(tensorflowFolder());
    const gyp = join(NODE_MODULES, '.bin', 'node-pre-gyp');
    run(gyp, ['install', '--build-from-source', ...localHeaders()], { cwd: TFJS });
  },
};

/** Gives the addon's build the headers and libraries of Python's TensorFlow under the names that it expects. */
function linkTensorflow(tensorflow) {
  const lib = join(TFJS, 'deps', 'lib');
  mkdirSync(lib, { recursive: true });
  link(join(tensorflow, 'include'), join(TFJS, 'deps', 'include'));
  const names = { libtensorflow_cc: 'libtensorflow', libtensorflow_framework: 'libtensorflow_framework' };
  for (const [ours, expected] of Object.entries(names)) {
    const library = join(tensorflow, `${ours}.so.2`);
    for (const name of new Set([`${ours}.so.2`, `${expected}.so`, `${expected}.so.2`]))
      link(library, join(lib, name));
  }
}

function link(target, path) {
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}

/** Node's own headers where they are installed beside it: node-gyp then downloads none. */
function localHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
}

const selfLink = {
  name: 'link node_modules/ferlab',
  key: () => 'self',
  isThere: () => {
    const path = join(NODE_MODULES, 'ferlab');
    return existsSync(path) && lstatSync(path).isSymbolicLink() && readlinkSync(path) === '..';
  },
  run: () => link('..', join(NODE_MODULES, 'ferlab')),
};

const build = {
  name: 'compile src',
  key: () => hash(read('tsconfig.json'), read('package-lock.json'), ...sourceStamps(join(ROOT, 'src'))),
  isThere: () => existsSync(join(ROOT, 'dist', 'cli', 'main.js')),
  run: () =>
    run(process.execPath, [join(NODE_MODULES, 'typescript', 'bin', 'tsc'), '--project', 'tsconfig.json']),
};

function sourceStamps(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory()
      ? sourceStamps(path)
      : [`${path}:${statSync(path).size}:${statSync(path).mtimeMs}`];
  });
}

const kernel = {
  name: 'notebook kernel',
  key: () => pythonPrefix(),
  isThere: () => kernelspecIsCurrent(pythonPrefix()),
  run: () => writeKernelspec(pythonPrefix()),
};

export const STEPS = [packages, environment, addon, selfLink, build, kernel];

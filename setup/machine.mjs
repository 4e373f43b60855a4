import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './errors.mjs';
import { capture } from './shell.mjs';

/** What to install, by family of systems. */
const REMEDIES = {
  python: {
    debian: 'sudo apt install python3 python3-venv',
    fedora: 'sudo dnf install python3.12',
    macos: 'brew install python@3.12',
    other: 'install Python 3.10 to 3.13 with its venv module',
  },
  compiler: {
    debian: 'sudo apt install g++ make',
    fedora: 'sudo dnf install gcc-c++ make',
    macos: 'xcode-select --install',
    other: 'install a C++17 compiler and make',
  },
};

const PYTHON_NAMES = ['python3', 'python3.12', 'python3.13', 'python3.11', 'python3.10', 'python'];

/** @throws SetupError unless Node is of a version with which everything works */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12)) return;
  const why = major > 22 ? ', and TensorFlow for Node does not work on 23 and later' : '';
  throw new SetupError(
    `this is Node ${version}${why}`,
    'install Node 20.19 or a later 20.x, or Node 22.12 or later',
  );
}

/**
 * Whatever is missing, one line each.
 * @param needs of `python` and `compiler`
 * @throws SetupError
 */
export function checkMachine(needs, environment = process.env) {
  const missing = [];
  if (needs.has('python') && !findBasePython(environment))
    missing.push(['Python 3.10 to 3.13 with venv', 'python']);
  if (needs.has('compiler') && !hasCompiler(environment))
    missing.push(['a C++ compiler and make', 'compiler']);
  if (missing.length === 0) return;
  const family = systemFamily();
  throw new SetupError(
    `missing: ${missing.map(([what]) => what).join('; ')}`,
    missing.map(([, key]) => REMEDIES[key][family]),
  );
}

/** The first Python on the PATH of a version that the pinned packages serve and with venv, or undefined. */
export function findBasePython(environment = process.env) {
  const asked = environment.FERLAB_PYTHON;
  return (asked ? [asked] : PYTHON_NAMES).find((name) => {
    const [version, venv] = (capture(name, ['-c', PROBE], { env: environment }) ?? '').split(' ');
    return isServed(version) && venv === 'venv';
  });
}

const PROBE = `
import sys
try:
    import ensurepip, venv
    word = "venv"
except ImportError:
    word = "none"
print("%d.%d" % sys.version_info[:2], word)`;

/** Whether this version, as `3.11`, is one for which there are pinned packages and a TensorFlow. */
export function isServed(version) {
  const [major, minor] = String(version).split('.').map(Number);
  return major === 3 && minor >= 10 && minor <= 13;
}

function hasCompiler(environment) {
  const compilers = environment.CXX ? [environment.CXX] : ['c++', 'g++'];
  return (
    compilers.some((name) => answers(name, environment)) && answers(environment.MAKE ?? 'make', environment)
  );
}

const answers = (name, env) => capture(name, ['--version'], { env }) !== undefined;

/** @returns {'debian' | 'fedora' | 'macos' | 'other'} */
export function systemFamily() {
  if (process.platform === 'darwin') return 'macos';
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const names = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)/gm)].flatMap(([, words]) => words.split(' '));
  if (names.some((name) => ['debian', 'ubuntu'].includes(name))) return 'debian';
  return names.some((name) => ['fedora', 'rhel', 'centos'].includes(name)) ? 'fedora' : 'other';
}

/** Where a program lies on the PATH, or undefined. */
export function findProgram(name, environment = process.env) {
  const folders = (environment.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

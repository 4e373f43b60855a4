// What has to be on the machine before set-up can begin; each lack is one line that says what to install.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, ROOT, SetupError } from './shell.mjs';

/** Node 20.19+ or 22: tfjs-node 4.22 breaks on 23, which lost `util.isNullOrUndefined`. */
export function isSupportedNode(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number);
  return (major === 20 && minor >= 19) || major === 22;
}

export function checkNode() {
  if (isSupportedNode(process.version)) return;
  throw new SetupError(
    `Node ${process.version} will not do: install Node 22 (or 20.19+), https://nodejs.org`,
  );
}

/** The Python environment: the active conda environment, else the project's `.venv`. */
export function pythonPrefix() {
  return process.env.CONDA_PREFIX ?? join(ROOT, '.venv');
}

export const isConda = () => process.env.CONDA_PREFIX !== undefined;

/** A Python 3.10 to 3.13 with venv. */
export function findPython() {
  const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
  const check = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 14))';
  const found = names.find((name) => ask(name, ['-c', check]) !== null);
  if (found) return found;
  throw new SetupError(
    'no Python 3.10 to 3.13 with venv: sudo apt install python3 python3-venv (Debian, Ubuntu), sudo dnf install python3 (Fedora)',
  );
}

export function checkCompiler() {
  const compilers = [process.env.CXX, 'g++', 'clang++', 'c++'].filter(Boolean);
  const missing = [
    ...(compilers.some((name) => ask(name, ['--version']) !== null) ? [] : ['a C++ compiler']),
    ...(ask('make', ['--version']) === null ? ['make'] : []),
  ];
  if (missing.length === 0) return;
  throw new SetupError(
    `${missing.join(' and ')} missing: sudo apt install build-essential (Debian, Ubuntu), sudo dnf install gcc-c++ make (Fedora)`,
  );
}

/** `gpu` where an NVIDIA driver answers, else `cpu`; `$FERLAB_DEVICE` decides if it is set. */
export function chooseDevice() {
  const asked = process.env.FERLAB_DEVICE;
  if (asked === 'cpu' || asked === 'gpu') return asked;
  if (asked) throw new SetupError(`FERLAB_DEVICE is "${asked}": set it to cpu or gpu`);
  return existsSync('/proc/driver/nvidia/version') && ask('nvidia-smi', ['-L']) !== null ? 'gpu' : 'cpu';
}

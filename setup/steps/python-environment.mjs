import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../errors.mjs';
import { findBasePython, isServed } from '../machine.mjs';
import { pythonOf } from '../project.mjs';
import { capture } from '../shell.mjs';

/** A Python environment with pip: `.venv`, or the active one of conda. */
export const pythonEnvironment = {
  name: 'python environment',
  needs: ['python'],
  inputs: ({ prefix }) => [prefix],
  isDone: (project) => existsSync(pythonOf(project)) && existsSync(join(project.prefix, 'bin/pip')),
  async run(project) {
    if (!project.ownsPrefix) return checkConda(project);
    if (isSound(project)) return;
    rmSync(project.prefix, { recursive: true, force: true });
    await project.shell.run(findBasePython(project.environment), ['-m', 'venv', project.prefix], {
      cwd: project.root,
      remedy: 'check that Python is installed with its venv module',
    });
  },
};

/** Whether pip runs in it, and it was made for the place where it lies. */
function isSound(project) {
  const pip = join(project.prefix, 'bin/pip');
  const words = ['-c', 'import pip._internal.cli.main, sys; print("%d.%d" % sys.version_info[:2])'];
  if (!isServed(capture(pythonOf(project), words))) return false;
  // In a path with a blank the first line is that of a shell, and the second names Python.
  return existsSync(pip) && readFileSync(pip, 'utf8').slice(0, 4096).includes(pythonOf(project));
}

function checkConda(project) {
  const version = capture(pythonOf(project), [
    '-c',
    'import pip, sys; print("%d.%d" % sys.version_info[:2])',
  ]);
  if (isServed(version)) return;
  throw new SetupError(
    `the conda environment ${project.prefix} has ${version ? `Python ${version}` : 'no Python with pip'}`,
    'make one with `conda env create -f environment.yml` and activate it, or deactivate this one',
  );
}

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFile } from '../files.mjs';
import { pythonOf } from '../project.mjs';

const LIST = 'requirements-crate.txt';
const folderOf = ({ root }) => join(root, '.cache/crate-validator');

/** The validator of RO-Crates, in a Python environment of its own: its pins and those of the other packages exclude each other. */
export const crateValidator = {
  name: 'crate validator',
  needs: ['python'],
  inputs: ({ root, prefix }) => [prefix, root, hashOfFile(join(root, LIST))],
  isDone: (project) => existsSync(join(folderOf(project), 'bin/rocrate-validator')),
  async run(project) {
    const folder = folderOf(project);
    rmSync(folder, { recursive: true, force: true });
    const remedy = "check that pip's package index can be reached and that 300 MB of disk space are free";
    const run = (command, words) => project.shell.run(command, words, { cwd: project.root, remedy });
    await run(pythonOf(project), ['-m', 'venv', folder]);
    const python = join(folder, 'bin/python');
    await run(python, ['-m', 'pip', '--no-input', '--disable-pip-version-check', 'install', '-r', LIST]);
  },
};

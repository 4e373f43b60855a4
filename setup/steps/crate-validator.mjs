import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFile } from '../files.mjs';
import { pythonOf } from '../project.mjs';
import { installPackages } from '../python-installer.mjs';

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
    await project.shell.run(pythonOf(project), ['-m', 'venv', folder], { cwd: project.root });
    await installPackages(project, join(folder, 'bin/python'), ['-r', LIST]);
  },
};

import { join } from 'node:path';
import { hashOfFile } from '../files.mjs';
import { pythonOf } from '../project.mjs';
import { installPackages } from '../python-installer.mjs';
import { distributions } from './python-packages.mjs';

const LIST = 'requirements-test.txt';

/** The second implementations against which tests hold ours. */
export const testPackages = {
  name: 'python test packages',
  needs: [],
  inputs: ({ root, prefix }) => [prefix, hashOfFile(join(root, LIST))],
  isDone: (project, remembered) => {
    const found = new Set(distributions(project));
    return Boolean(remembered?.every((name) => found.has(name)));
  },
  async run(project) {
    await installPackages(project, pythonOf(project), ['-r', LIST, '-c', 'requirements.txt']);
    return distributions(project);
  },
};

import { join } from 'node:path';
import { hashOfFile } from '../files.mjs';
import { distributions, pip } from './python-packages.mjs';

/** The second implementations against which tests hold ours. */
export const testPackages = {
  name: 'python test packages',
  needs: [],
  inputs: ({ root, prefix }) => [prefix, hashOfFile(join(root, 'requirements-test.txt'))],
  isDone: (project, remembered) => {
    const found = new Set(distributions(project));
    return remembered?.length > 0 && remembered.every((name) => found.has(name));
  },
  async run(project) {
    await pip(project, ['install', '-r', 'requirements-test.txt']);
    return distributions(project);
  },
};

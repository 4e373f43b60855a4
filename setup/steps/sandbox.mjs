import { installWithApt } from '../debian.mjs';
import { findProgram } from '../machine.mjs';

const hasSandbox = ({ environment }) =>
  process.platform !== 'linux' || Boolean(findProgram('bwrap', environment));

/** The sandbox in which submissions to labs are graded. Where it can't be installed, one line says what to install. */
export const sandbox = {
  name: 'sandbox of grading',
  needs: [],
  inputs: () => [],
  isDone: hasSandbox,
  async run(project) {
    if (hasSandbox(project) || (await installWithApt(project, 'bubblewrap'))) return;
    process.stderr.write('the tests of grading need bubblewrap: install the package of that name\n');
  },
};

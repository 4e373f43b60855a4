import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOfFile } from '../files.mjs';
import { pythonOf, sitePackagesOf } from '../project.mjs';
import { installPackages, runPip } from '../python-installer.mjs';
import { capture } from '../shell.mjs';

/** TensorFlow for the device, JupyterLab and what executes notebooks, in the pinned versions. */
export const pythonPackages = {
  name: 'python packages',
  needs: [],
  inputs: ({ root, prefix, device }) => [
    prefix,
    device,
    hashOfFile(join(root, 'requirements.txt')),
    hashOfFile(join(root, `requirements-${device}.txt`)),
  ],
  isDone: (project, remembered) => {
    const found = new Set(distributions(project));
    return remembered?.length > 0 && remembered.every((name) => found.has(name));
  },
  async run(project) {
    discardHalfInstalled(project);
    await removeOtherTensorFlow(project);
    await installPackages(project, pythonOf(project), ['-r', `requirements-${project.device}.txt`]);
    return distributions(project);
  },
};

/** Names of the folders that say what is installed. */
export function distributions(project) {
  const folder = sitePackagesOf(project);
  return folder ? readdirSync(folder).filter((name) => name.endsWith('.dist-info')) : [];
}

/**
 * pip and uv take a package that they were killed amid for installed. They write the file INSTALLER when the package's own
 * files are in place and RECORD, with INSTALLER in it, at the end; what lacks them is made to be installed again.
 */
function discardHalfInstalled(project) {
  const folder = sitePackagesOf(project);
  // A name with ~ in front is what pip had put aside of an older version.
  for (const name of readdirSync(folder)) if (name.startsWith('~')) remove(join(folder, name));
  for (const name of distributions(project)) if (!isWhole(join(folder, name))) remove(join(folder, name));
}

function isWhole(path) {
  const record = join(path, 'RECORD');
  // Packages of conda have no RECORD of pip's.
  if (existsSync(join(path, 'INSTALLER')) && readFileSync(join(path, 'INSTALLER'), 'utf8').trim() === 'conda')
    return true;
  return existsSync(record) && readFileSync(record, 'utf8').includes('.dist-info/INSTALLER');
}

const remove = (path) => rmSync(path, { recursive: true, force: true });

/** The builds for CPU and GPU own the same files: the one that is not wanted goes first. */
async function removeOtherTensorFlow(project) {
  const installed = distributions(project).filter((name) => /^tensorflow(_cpu)?-\d/.test(name));
  const [wanted] = installed.length === 1 ? installed : [];
  const fits = project.device === 'gpu' ? /^tensorflow-/ : cpuBuild(project);
  if (installed.length === 0 || (wanted && fits.test(wanted))) return;
  await runPip(project, ['uninstall', '--yes', 'tensorflow', 'tensorflow-cpu'], pythonOf(project));
}

/** The smaller build exists for Linux on x86-64 alone. */
function cpuBuild(project) {
  const machine = capture(pythonOf(project), ['-c', 'import platform; print(platform.machine())']);
  return process.platform === 'linux' && machine === 'x86_64' ? /^tensorflow_cpu-/ : /^tensorflow-/;
}

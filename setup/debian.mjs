import { findProgram, systemFamily } from './machine.mjs';

/**
 * Installs a package where that needs nobody's password: as root on Debian and its kin.
 * @returns whether it could be tried
 * @throws SetupError if it failed
 */
export async function installWithApt(project, name) {
  const isRoot = process.getuid?.() === 0;
  if (systemFamily() !== 'debian' || !isRoot || !findProgram('apt-get', project.environment)) return false;
  const env = { ...project.environment, DEBIAN_FRONTEND: 'noninteractive' };
  const remedy = 'check that the package servers of the system can be reached';
  await project.shell.run('apt-get', ['update'], { env, remedy });
  await project.shell.run('apt-get', ['install', '--yes', '--no-install-recommends', name], { env, remedy });
  return true;
}

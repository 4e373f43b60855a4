import { spawnSync } from 'node:child_process';
import { absent, type DoctorCheck, type DoctorOutcome, passed } from './check';

const INSTALL =
  'only to grade labs: `sudo apt install bubblewrap`, or the package of that name of your system';

/** Judges what trying the sandbox came to. */
export function judgeSandbox({ status, error, stderr, stdout }: SandboxTrial): DoctorOutcome {
  if (error) return absent('no bubblewrap: submissions to labs cannot be graded', INSTALL);
  if (status === 0) return passed(stdout.trim());
  const remedy =
    'only to grade labs: allow user namespaces (sysctl kernel.unprivileged_userns_clone=1), or grade as root';
  return absent(`bubblewrap cannot make a sandbox: ${stderr.trim().split('\n').at(-1)}`, remedy);
}

interface SandboxTrial {
  readonly status: number | null;
  readonly error?: Error;
  readonly stderr: string;
  readonly stdout: string;
}

const trySandbox = (): SandboxTrial =>
  spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-all', '--dev', '/dev', 'bwrap', '--version'], {
    encoding: 'utf8',
  });

export const gradingChecks: readonly DoctorCheck[] = [
  { name: 'grading sandbox', run: () => judgeSandbox(trySandbox()) },
];

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/paths';
import type { Outcome } from './run-many';

/** Runs the command line with each of these lists of words, in one process. @param env what differs from this process's */
export function runMany(lists: readonly (readonly string[])[], env: NodeJS.ProcessEnv = {}): Outcome[] {
  const argv = ['--import', 'tsx', join(__dirname, 'run-many.ts')];
  const { stdout, stderr } = spawnSync(process.execPath, argv, {
    input: JSON.stringify(lists),
    encoding: 'utf8',
    cwd: projectRoot(),
    env: { ...process.env, ...env },
    maxBuffer: 64 * 2 ** 20,
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout);
}

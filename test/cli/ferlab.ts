import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs the command line from its sources and waits for its end. */
export function ferlab(...words: string[]) {
  return ferlabWith({}, ...words);
}

/** As {@link ferlab}, with the environment changed; undefined takes a variable away. */
export function ferlabWith(changes: Readonly<Record<string, string | undefined>>, ...words: string[]) {
  const main = join(ROOT, 'src/cli/main.ts');
  const env = { ...process.env, ...changes };
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...words], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
}

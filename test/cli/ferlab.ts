import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs the command line from its sources and waits for its end. */
export function ferlab(...words: string[]) {
  return ferlabWith({}, ...words);
}

/** As {@link ferlab}, with the environment changed; undefined takes a variable away. */
export function ferlabWith(changes: Readonly<Record<string, string | undefined>>, ...words: string[]) {
  return run(words, { env: { ...process.env, ...changes } });
}

/** As {@link ferlab}, with these bytes on standard input. */
export function ferlabReading(input: Uint8Array, ...words: string[]) {
  return run(words, { input });
}

function run(words: readonly string[], options: { env?: NodeJS.ProcessEnv; input?: Uint8Array }) {
  const main = join(ROOT, 'src/cli/main.ts');
  const node = ['--import', 'tsx', main, ...words];
  return spawnSync(process.execPath, node, { cwd: ROOT, encoding: 'utf8', ...options });
}

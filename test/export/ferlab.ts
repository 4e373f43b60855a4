import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Runs the command line from its sources and waits for its end. */
export function ferlab(...words: string[]) {
  const main = join(ROOT, 'src/cli/main.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...words], { cwd: ROOT, encoding: 'utf8' });
}

// Runs the programs that set-up calls; what they print goes to a log.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const STATE = join(ROOT, '.setup');
export const LOG = join(STATE, 'log.txt');

/** A failure that is explained to the person at the keyboard without a stack. */
export class SetupError extends Error {}

/**
 * Runs a program to its end.
 * @throws SetupError with the end of its output and the path of the log
 */
export function run(command, args, options = {}) {
  const line = [command, ...args].join(' ');
  mkdirSync(STATE, { recursive: true });
  appendFileSync(LOG, `\n$ ${line}\n`);
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  appendFileSync(LOG, output);
  if (result.error || result.status !== 0) {
    const reason =
      result.error?.message ?? (result.signal ? `ended by ${result.signal}` : `exit status ${result.status}`);
    const tail = output.trimEnd().split('\n').slice(-12).join('\n');
    throw new SetupError(`${line}\n${tail}\nfailed: ${reason}; all of its output is in ${LOG}`);
  }
  return output;
}

/** First line of what a program prints, or null if it is missing or fails. */
export function ask(command, args) {
  const result = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  return result.error || result.status !== 0
    ? null
    : `${result.stdout}${result.stderr}`.trim().split('\n')[0];
}

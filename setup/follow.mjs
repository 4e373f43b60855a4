import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program on this terminal and returns its exit status. An interrupt reaches it from the terminal by itself, and
 * it is given the time to end in order; a request to end is passed on.
 */
export async function follow(program, words, options = {}) {
  const child = spawn(program, words, { stdio: 'inherit', ...options });
  const wait = () => {};
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', wait).on('SIGTERM', pass).on('SIGHUP', pass);
  const [status, signal] = await new Promise((fulfil, reject) => {
    child.on('error', reject).on('exit', (code, name) => fulfil([code, name]));
  });
  process.removeListener('SIGINT', wait).removeListener('SIGTERM', pass).removeListener('SIGHUP', pass);
  return status ?? 128 + constants.signals[signal];
}

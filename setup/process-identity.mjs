import { readFileSync } from 'node:fs';

/**
 * A process, told apart from a later one of the same number by its start where the system tells it.
 * @returns {{ pid: number, started: string }}
 */
export function identify(pid) {
  return { pid, started: startOf(pid) };
}

export function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return startOf(pid) === started;
}

/** Start in clock ticks since boot; empty where there is no /proc, or for a process that has ended. */
function startOf(pid) {
  try {
    // The name, in brackets, may hold blanks; the start is the 22nd field, the state, the 3rd, follows the name.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' ? '' : fields[19];
  } catch {
    return '';
  }
}

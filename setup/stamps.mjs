// Remembers the key of each step's last full run, in .setup/.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE } from './shell.mjs';

const stampOf = (step) => join(STATE, `${step.name.replace(/\W+/g, '-')}.key`);

export function isDone(step) {
  try {
    return step.isThere() && readFileSync(stampOf(step), 'utf8') === step.key();
  } catch {
    return false; // never run, or what it builds on is missing
  }
}

/** Written last, and whole or not at all: a step that was cut off is not taken for done. */
export function markDone(step) {
  mkdirSync(STATE, { recursive: true });
  writeFileSync(`${stampOf(step)}.tmp`, step.key());
  renameSync(`${stampOf(step)}.tmp`, stampOf(step));
}

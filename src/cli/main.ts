#!/usr/bin/env node
// Only what loads on every Node stands here: on one that is too old it is refused before anything else is loaded.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @throws an error with `remedies` unless everything works on this version of Node */
async function checkNode(): Promise<void> {
  const machine = join(__dirname, '../../setup/machine.mjs');
  (await import(pathToFileURL(machine).href)).checkNode();
}

function refuse({ message, remedies }: Error & { remedies: string[] }): number {
  process.stderr.write(`error: ${message}\n  remedy: ${remedies.join('; ')}\n`);
  return 2;
}

async function main(): Promise<number> {
  try {
    await checkNode();
  } catch (error) {
    return refuse(error as Error & { remedies: string[] });
  }
  return (await import('./run-command.js')).runCommand(process.argv);
}

// A reader that closes the pipe (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Leave only when everything printed has reached the pipe; open handles of native libraries must not hold the shell.
void main().then((status) => process.stdout.write('', () => process.exit(status)));

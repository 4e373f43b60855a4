import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A test, or all tests of a file: what calls back when it is over. */
interface Scope {
  after(call: () => void): void;
}

const FILE: Scope = { after };

/** A folder that goes with the test. */
export function temporaryFolder(t: Scope = FILE): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferlab-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Gives a variable of the environment another value, or takes it away, until the test is over. */
export function setVariable(name: string, value: string | undefined, t: Scope = FILE): void {
  const before = process.env[name];
  assign(name, value);
  t.after(() => assign(name, before));
}

function assign(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

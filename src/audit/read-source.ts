import { readFileSync, statSync } from 'node:fs';
import type { Claim, ReadTable } from '@ferlab/audit';
import { FerlabError } from '../errors';
import { parseClaim, readTables } from './audit';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads the claims of a file: JSON as a claim, anything else as a pasted table, which may hold several systems.
 * @param path of the file; `-` for standard input
 * @param options what is known besides the table, such as its dataset; not used for JSON
 * @throws FerlabError when the file can't be read, or holds no claim and no table that can be audited
 */
export function readSources(path: string, options: Partial<Claim> = {}): ReadTable[] {
  const text = readText(path);
  try {
    // A report of scikit-learn as JSON names no classes of its own.
    const isReport = /"precision"\s*:\s*[\d.]/.test(text) && !/"classes"\s*:/.test(text);
    if (/^\uFEFF?\s*\{/.test(text) && !isReport) return [{ claim: parseClaim(text), notes: [] }];
    return readTables(text, { title: path === '-' ? 'standard input' : path, ...options });
  } catch (error) {
    if (!(error instanceof FerlabError)) throw error;
    throw new FerlabError(`${path}: ${error.message}`, { remedy: error.remedy ?? '', cause: error });
  }
}

function readText(path: string): string {
  try {
    if (path === '-') return readFileSync(0, 'utf8');
    if (statSync(path).size <= MAX_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'give the path of a claim or of a table, or - for standard input',
      cause: error,
    });
  }
  throw new FerlabError(`${path}: larger than ${MAX_BYTES} bytes`, {
    remedy: 'a claim holds the figures of one table',
  });
}

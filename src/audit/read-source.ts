import { readFileSync, statSync } from 'node:fs';
import type { Claim, ReadTable } from '@ferlab/audit';
import { FerlabError } from '../errors';
import { parseClaim, readTables } from './audit';
import { decodeText } from './read-text';

/** Largest file that is read, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What is known besides a file, and who hears of it. */
export interface SourceOptions {
  /** What is known besides a table, such as its dataset; not used for JSON. */
  readonly known?: Partial<Claim>;
  /** Called with what had to be assumed to read the file. */
  readonly onNote?: (note: string) => void;
}

/**
 * Reads the claims of a file: JSON as a claim, anything else as a pasted table, which may hold several systems.
 * @param path of the file; `-` for standard input
 * @throws FerlabError when the file can't be read, is no text, or holds no claim and no table that can be audited
 */
export function readSources(path: string, { known, onNote }: SourceOptions = {}): ReadTable[] {
  const { text, assumption } = decodeText(readBytes(path), path);
  if (assumption) onNote?.(`${path}: ${assumption}`);
  try {
    // A report of scikit-learn as JSON names no classes of its own.
    const isReport = /"precision"\s*:\s*[\d.]/.test(text) && !/"classes"\s*:/.test(text);
    if (/^\uFEFF?\s*\{/.test(text) && !isReport) return [{ claim: parseClaim(text), notes: [] }];
    return readTables(text, { title: path === '-' ? 'standard input' : path, ...known });
  } catch (error) {
    if (!(error instanceof FerlabError)) throw error;
    throw new FerlabError(`${path}: ${error.message}`, { remedy: error.remedy ?? '', cause: error });
  }
}

function readBytes(path: string): Uint8Array {
  try {
    if (path === '-') return readFileSync(0);
    if (statSync(path).size <= MAX_BYTES) return readFileSync(path);
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

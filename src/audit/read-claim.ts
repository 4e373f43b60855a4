import { readFileSync, statSync } from 'node:fs';
import type { Claim } from '@ferlab/audit';
import { FerlabError } from '../errors';
import { parseClaim } from './audit';

/** Largest claim file that is read, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Reads a claim from a JSON file.
 * @throws FerlabError when the file can't be read, is no JSON, names a key twice or breaks the schema
 */
export function readClaim(path: string): Claim {
  const text = readText(path);
  try {
    return parseClaim(text);
  } catch (error) {
    if (!(error instanceof FerlabError)) throw error;
    throw new FerlabError(`${path}: ${error.message}`, { remedy: error.remedy ?? '', cause: error });
  }
}

function readText(path: string): string {
  try {
    if (statSync(path).size <= MAX_BYTES) return readFileSync(path, 'utf8');
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'give the path of a claim file',
      cause: error,
    });
  }
  throw new FerlabError(`${path}: larger than ${MAX_BYTES} bytes`, {
    remedy: 'a claim holds the figures of one table',
  });
}

import type { Claim } from '@ferlab/audit';
import { readSource } from './read-source';

/**
 * Reads a claim from a JSON file.
 * @throws FerlabError when the file can't be read, is no JSON, names a key twice or breaks the schema
 */
export function readClaim(path: string): Claim {
  return readSource(path).claim;
}

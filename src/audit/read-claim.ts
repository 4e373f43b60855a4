import type { Claim } from '@ferlab/audit';
import { FerlabError } from '../errors';
import { readSources } from './read-source';

/**
 * Reads a claim from a JSON file.
 * @throws FerlabError when the file can't be read, is no JSON, names a key twice or breaks the schema
 */
export function readClaim(path: string): Claim {
  const [first, second] = readSources(path);
  if (!second) return first!.claim;
  throw new FerlabError(`${path}: holds the figures of several systems`, {
    remedy: 'audit it with `ferlab audit`, or keep the figures of one',
  });
}

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Claim } from '@ferlab/audit';
import { FerlabError } from '../errors';
import { readClaim } from './read-claim';

/** Folder of the claims that come with the project. */
function claimsFolder(): string {
  const folder = path.join(__dirname, '../../claims');
  if (existsSync(folder)) return folder;
  throw new FerlabError(`${folder}: there is no such folder`, {
    remedy: 'restore claims/ from the repository',
  });
}

/** Names of the claims that come with the project, such as `paper`. */
export function claimNames(): string[] {
  const files = readdirSync(claimsFolder()).filter(
    (file) => file.endsWith('.json') && !file.endsWith('.schema.json'),
  );
  return files.map((file) => file.slice(0, -'.json'.length)).sort();
}

/** One of the claims that come with the project. @throws FerlabError when there is none of that name */
export function loadClaim(name: string): Claim {
  if (claimNames().includes(name)) return readClaim(path.join(claimsFolder(), `${name}.json`));
  throw new FerlabError(`no claim is called '${name}'`, { remedy: `there are ${claimNames().join(', ')}` });
}

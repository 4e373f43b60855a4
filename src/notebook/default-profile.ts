import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths';

/** `quick` if there is a copy of FER-2013 to run on, else `smoke`, which runs on the built-in sample. */
export async function defaultProfile(dataPath?: string): Promise<'smoke' | 'quick'> {
  const folder = join(projectRoot(), 'data');
  const own = existsSync(folder) && readdirSync(folder).some((f) => f !== 'README.md' && !f.startsWith('.'));
  return dataPath || process.env.FER2013 || own ? 'quick' : 'smoke';
}

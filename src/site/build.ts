import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { explainWriteFailure } from '../write-whole';
import { loadSiteModels, type SiteModel } from './content';
import { remoteOf } from './parts/repository';
import { MARK, writeSite } from './write';

export interface SiteOptions {
  /** Folder of the published models. */
  readonly models: string;
  /** The user's own copy of the data: its pictures go into the build. */
  readonly data?: string;
  /** Where the project can be read on the web; what git knows unless given. */
  readonly repository?: string;
}

/**
 * Builds the site beside its folder, then puts it in its place: a failure leaves an earlier site as it was.
 * @returns the names of the pages
 * @throws FerlabError when there are no models, the folder holds something else, the data is other data, or the disk is full
 */
export async function buildSite(folder: string, options: SiteOptions): Promise<string[]> {
  const target = resolve(folder);
  refuseOther(target);
  const models = loadModels(options.models);
  mkdirSync(dirname(target), { recursive: true });
  const made = mkdtempSync(join(dirname(target), '.site-'));
  try {
    const repository = { url: options.repository ?? remoteOf(projectRoot()) };
    const names = await writeSite(made, { models, source: options.models, repository, data: options.data });
    rmSync(target, { recursive: true, force: true });
    chmodSync(made, 0o755); // a temporary folder is its owner's alone
    renameSync(made, target);
    return names;
  } catch (error) {
    throw explainWriteFailure(folder, error, 'build the site again');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function loadModels(folder: string): SiteModel[] {
  const models = loadSiteModels(folder);
  if (models.length > 0) return models;
  throw new FerlabError(`${folder}: no model is published`, { remedy: 'publish one with `ferlab publish`' });
}

function refuseOther(target: string): void {
  if (!existsSync(target) || readdirSync(target).length === 0 || existsSync(join(target, MARK))) return;
  throw new FerlabError(`${target}: the folder contains other files than a site`, {
    remedy: 'choose another folder with --out',
  });
}

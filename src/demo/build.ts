import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../paths';
import { writeLive } from '../site/live/files';
import type { ShownNetwork } from '../site/live/network';
import { documentOf, type Page } from '../site/page';
import { LIVE_POLICY, livePage } from '../site/pages/live';
import { documentPage } from '../site/parts/documents';
import { loadMarkdown } from '../site/parts/markdown';

const STYLE = join('assets', 'style.css');

/** Writes the live page and the page on ethics into an empty folder. @returns the name of the live page */
export async function buildDemo(folder: string, network: ShownNetwork): Promise<string> {
  for (const name of ['assets', 'data']) mkdirSync(join(folder, name));
  copyFileSync(join(projectRoot(), 'src', 'site', STYLE), join(folder, STYLE));
  writeLive(folder, network.run);
  const context = {
    site: folder,
    render: await loadMarkdown(),
    repository: { url: null },
    models: new Set<string>(),
  };
  const ethics: Page = { ...documentPage('docs/ethics.md', context), policy: LIVE_POLICY };
  const live = livePage(network, (name) => (name === ethics.file ? name : null));
  const build = { hasPictures: false, files: [live.file, ethics.file], command: 'npx ferlab demo' };
  for (const page of [live, ethics]) writeFileSync(join(folder, page.file), documentOf(page, build));
  return live.file;
}

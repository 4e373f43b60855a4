import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../paths';
import { modelsFolder } from '../run/published-models';
import { buildSite } from '../site/build';
import { printJson } from './options';

interface SiteFlags {
  out?: string;
  models?: string;
  json?: boolean;
}

export function siteCommand(): Command {
  return new Command('site')
    .option('--out <folder>', 'folder for the site; default: site/')
    .option('--models <folder>', 'folder of the published models; default: models/')
    .option('--json', 'print the pages as JSON')
    .addHelpText(
      'after',
      `
Builds static pages from the published models: figures and tables with their origin, a confusion explorer, predictions,
comparisons, checklists and a data sheet. They open from disk, need no server, and contain no images.

Examples:
  npx ferlab site
  npx ferlab site --out /var/www/ferlab`,
    )
    .action(async (flags: SiteFlags) => {
      const folder = flags.out ?? join(projectRoot(), 'site');
      const pages = await buildSite(folder, flags.models ?? modelsFolder());
      if (flags.json) printJson({ folder, pages });
      else process.stdout.write(`${pages.length} pages; open ${join(folder, 'index.html')}\n`);
    });
}

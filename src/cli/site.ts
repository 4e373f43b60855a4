import { join } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../paths';
import { modelsFolder } from '../run/published-models';
import { buildSite } from '../site/build';
import { printJson } from './options';

interface SiteFlags {
  out?: string;
  models?: string;
  data?: string;
  repository?: string;
  json?: boolean;
}

export function siteCommand(): Command {
  return new Command('site')
    .option('--out <folder>', 'folder for the site; default: site/')
    .option('--models <folder>', 'folder of the published models; default: models/')
    .option(
      '--data <path>',
      'your copy of the data; the site then contains its pictures and is for you alone',
    )
    .option('--repository <url>', "web address of the project, for links to commits; default: git's remote")
    .option('--json', 'print the pages as JSON')
    .addHelpText(
      'after',
      `
Builds static pages from the published models: figures and tables with their origin, a confusion explorer, predictions,
comparisons, the audit, checklists, notebooks, studies, a data sheet, and a page that runs the best network in the browser.
They open from disk, need no server, and contain no images of people unless you give --data.

Examples:
  npx ferlab site
  npx ferlab site --data PATH --out site-with-pictures
  npx ferlab site --out public --repository https://example.org/owner/ferlab`,
    )
    .action(async ({ out, models = modelsFolder(), data, repository, json }: SiteFlags) => {
      const folder = out ?? join(projectRoot(), 'site');
      const pages = await buildSite(folder, { models, data, repository });
      if (json) printJson({ folder, pages });
      else process.stdout.write(`${pages.length} pages; open ${join(folder, 'index.html')}\n`);
    });
}

import { join, relative } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from '../paths';
import { loadResults } from '../report/results';
import { saveReport } from '../report/save';
import { latestRun } from '../train/run-folder';
import { printJson } from './options';

export function reportCommand(): Command {
  return new Command('report')
    .argument('[run]', 'folder of the run; the latest unless given')
    .option('--out <folder>', 'where tables and figures go', join(projectRoot(), 'figures'))
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Example:
  npx ferlab report     Tables I-IV and Figures 2-5 of the latest run, in figures/`,
    )
    .action(async (run: string | undefined, flags: { out: string; json?: boolean }) => {
      const folder = run ?? latestRun();
      const results = loadResults(folder);
      const files = await saveReport(results, flags.out);
      if (flags.json) return printJson({ run: folder, folder: flags.out, files });
      process.stdout.write(
        `${results.isSynthetic ? 'synthetic sample: ' : ''}test accuracy ${(100 * results.test.metrics.accuracy).toFixed(2)} %; ` +
          `${files.length} files in ${relative(process.cwd(), flags.out) || '.'}\n`,
      );
    });
}

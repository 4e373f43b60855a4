import { relative } from 'node:path';
import { Command } from 'commander';
import { loadResults, type Results } from '../evaluate/results';
import { groupBySeed } from '../evaluate/seeds';
import { figuresFolder } from '../paths';
import { saveReport } from '../report/save';
import { latestRun } from '../run/run-folder';
import { printJson } from './options';

export function reportCommand(): Command {
  return new Command('report')
    .argument('[runs...]', 'folders of runs; default: the latest')
    .option('--out <folder>', 'folder for tables and figures; default: figures/')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Makes the report from the saved predictions of each run; trains and predicts nothing. With several runs, tables and
figures show the first, and further tables show means over the seeds. Files named ...-without-copies leave out the test
images that have an exact copy in the training part.

Examples:
  npx ferlab report                          Tables I-IV and Figures 2-5 of the latest run, in figures/
  npx ferlab report runs/paper-paper-seed*   ... with means over all seeds`,
    )
    .action(async (folders: string[], flags: { out?: string; json?: boolean }) => {
      const out = flags.out ?? figuresFolder();
      const chosen = folders.length > 0 ? folders : [latestRun()];
      const runs = chosen.map((run) => loadResults(run));
      const files = await saveReport(runs, out);
      if (flags.json) printJson({ runs: chosen, folder: out, files });
      else process.stdout.write(describe(runs, files.length, out));
    });
}

function describe(runs: readonly Results[], files: number, folder: string): string {
  const percent = (share: number) => (100 * share).toFixed(2);
  const lines = runs.map(({ classifier, isSynthetic, test }) => {
    const [low, high] = test.intervals.accuracy;
    const sample = isSynthetic ? ' (synthetic sample)' : '';
    const twin = test.withoutCopies;
    const copies =
      twin && twin.count < test.count
        ? `; without copies ${percent(twin.metrics.accuracy)} %, ${twin.count} images`
        : '';
    return `${classifier.name}${sample}: test accuracy ${percent(test.metrics.accuracy)} %, 95 % interval ${percent(low)} to ${percent(high)}, ${test.count} images${copies}`;
  });
  const means = groupBySeed(runs).flatMap(({ protocol, title, seeds, accuracy }) =>
    accuracy.standardDeviation === null
      ? []
      : [
          `${title}, ${protocol} split, ${seeds.length} seeds: ${percent(accuracy.mean)} ± ${percent(accuracy.standardDeviation)} %`,
        ],
  );
  const where = `${files} files in ${relative(process.cwd(), folder) || '.'}`;
  return `${[...lines, ...means, where].join('\n')}\n`;
}

import { join } from 'node:path';
import { Command } from 'commander';
import { describeCopy, formatDescription } from '../dataset/describe';
import { fetchDataset, needsToken } from '../dataset/fetch';
import { findKaggleToken } from '../dataset/kaggle-token';
import { loadDataset } from '../dataset/load';
import { buildSample } from '../dataset/sample';
import { knownSpec, PAPER_DATASET } from '../dataset/specs';
import { SAMPLE } from '../dataset/specs/sample';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { writeWhole } from '../write-whole';
import { interruptSignal } from './interrupt';
import { DATA_HELP, datasetOption, printJson, wholeNumber } from './options';

export function dataCommand(): Command {
  return new Command('data')
    .addCommand(infoCommand())
    .addCommand(fetchCommand())
    .addCommand(sampleCommand())
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab data info                     describe the copy that is found: counts and checksum
  npx ferlab data info --data archive.zip
  npx ferlab data fetch                    download ${PAPER_DATASET.title} with your own Kaggle token
  npx ferlab data sample --out faces.png   a picture of the built-in synthetic faces`,
    );
}

function infoCommand(): Command {
  return new Command('info')
    .description('describe a copy: form, parts, order of the classes, copies across parts, differences')
    .option('--data <path>', `${DATA_HELP}, then the sample`)
    .addOption(datasetOption('the data set as which it is read'))
    .option(
      '--classes <order>',
      'order of numbered classes: official, alphabetical, or the class names in order',
    )
    .option('--json', 'print it as JSON')
    .action(async (flags: { data?: string; dataset?: string; classes?: string; json?: boolean }) => {
      const spec = flags.dataset === undefined ? undefined : knownSpec(flags.dataset);
      let writeCache = () => {};
      const onCache = (write: () => void) => {
        writeCache = write;
      };
      const dataset = await loadDataset({ path: flags.data, spec, classes: flags.classes, onCache });
      const description = describeCopy(dataset);
      if (flags.json) printJson(description);
      else process.stdout.write(formatDescription(description));
      writeCache();
    });
}

function fetchCommand(): Command {
  return new Command('fetch')
    .description(
      `download ${PAPER_DATASET.title} from Kaggle with your own token into data/; continues an interrupted download`,
    )
    .option('--out <folder>', 'where the file goes', join(projectRoot(), 'data'))
    .option('--from <url>', 'download from this server instead of Kaggle; your token is not sent to it')
    .option('--json', 'print the path as JSON')
    .action(async (flags: { out: string; from?: string; json?: boolean }) => {
      const token = needsToken(flags.from) ? findKaggleToken() : undefined;
      const { Presets, SingleBar } = await import('cli-progress');
      const bar = new SingleBar(
        { format: '[{bar}] {percentage} % | {value} of {total} MB | {eta_formatted} left', hideCursor: true },
        Presets.shades_classic,
      );
      const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
      bar.start(1, 0);
      const path = await fetchDataset({
        token,
        folder: flags.out,
        base: flags.from,
        signal: interruptSignal(),
        onProgress: (bytes, total) => {
          if (total) bar.setTotal(megabytes(total));
          bar.update(megabytes(bytes));
        },
      }).finally(() => bar.stop());
      if (flags.json) return printJson({ path });
      process.stdout.write(`${path}\n`);
    });
}

function sampleCommand(): Command {
  return new Command('sample')
    .description('draw some faces of the built-in synthetic sample, a column for each emotion, as a PNG')
    .requiredOption('--out <file>', 'the picture')
    .option('--seed <n>', 'seed of the sample', wholeNumber, 0)
    .option('--rows <n>', 'faces of each emotion, 1 to 210', wholeNumber, 6)
    .action(async (flags: { out: string; seed: number; rows: number }) => {
      if (flags.rows < 1 || flags.rows > 210)
        throw new FerlabError(`--rows ${flags.rows}`, { remedy: 'take 1 to 210' });
      const { drawContactSheet } = await import('../dataset/contact-sheet.js');
      const sample = buildSample({ seed: flags.seed });
      writeWhole(
        flags.out,
        await drawContactSheet(sample, { columns: SAMPLE.classes.length, rows: flags.rows }),
      );
      process.stdout.write(`${flags.out}: ${SAMPLE.classes.join(', ')} (synthetic sample)\n`);
    });
}

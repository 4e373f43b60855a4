import { join } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { drawContactSheet } from '../dataset/contact-sheet';
import { USAGES } from '../dataset/dataset';
import { findDuplicateGroups, summarizeDuplicates } from '../dataset/duplicates';
import { EMOTION_COUNT, EMOTIONS } from '../dataset/emotions';
import { countByClass } from '../dataset/evidence';
import { fetchDataset, needsToken } from '../dataset/fetch';
import { findKaggleToken } from '../dataset/kaggle-token';
import { loadDataset } from '../dataset/load';
import { buildSample } from '../dataset/sample';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { writeWhole } from '../write-whole';
import { interruptSignal } from './interrupt';
import { printJson, wholeNumber } from './options';

export function dataCommand(): Command {
  return new Command('data')
    .addCommand(infoCommand())
    .addCommand(fetchCommand())
    .addCommand(sampleCommand())
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab data info                     what is found, its counts and its checksum
  npx ferlab data info --data archive.zip
  npx ferlab data fetch                    download FER-2013 with your own Kaggle token
  npx ferlab data sample --out faces.png   a picture of the built-in synthetic faces`,
    );
}

function infoCommand(): Command {
  return new Command('info')
    .description('describe the data: source, checksum, images by class and part, exact copies')
    .option(
      '--data <path>',
      'FER-2013 in any form that README lists; else $FER2013, data/, the synthetic sample',
    )
    .option('--json', 'print it as JSON')
    .action(async (flags: { data?: string; json?: boolean }) => {
      const dataset = await loadDataset({ path: flags.data });
      const counts = countByClass(dataset);
      const duplicates = summarizeDuplicates(dataset, findDuplicateGroups(dataset));
      if (flags.json)
        return printJson({ source: dataset.source, emotions: EMOTIONS, usages: USAGES, counts, duplicates });
      const row = (name: string, cells: readonly (number | string)[]) =>
        `${name.padEnd(9)}${cells.map((cell) => String(cell).padStart(13)).join('')}\n`;
      process.stdout.write(
        `${dataset.source.format}: ${dataset.count} images, ${duplicates.distinct} distinct, sha256 ${dataset.source.sha256}\n` +
          row('', USAGES) +
          counts.map((cells, label) => row(EMOTIONS[label]!, cells)).join(''),
      );
    });
}

function fetchCommand(): Command {
  return new Command('fetch')
    .description(
      'download FER-2013 from Kaggle with your own token, into data/; goes on where it was cut off',
    )
    .option('--out <folder>', 'where the file goes', join(projectRoot(), 'data'))
    .option('--from <url>', 'another server than Kaggle; it is not sent your token')
    .option('--json', 'print the path as JSON')
    .action(async (flags: { out: string; from?: string; json?: boolean }) => {
      const token = needsToken(flags.from) ? findKaggleToken() : undefined;
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
      const sample = buildSample({ seed: flags.seed });
      writeWhole(flags.out, await drawContactSheet(sample, { columns: EMOTION_COUNT, rows: flags.rows }));
      process.stdout.write(`${flags.out}: ${EMOTIONS.join(', ')} (synthetic sample)\n`);
    });
}

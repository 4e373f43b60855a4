import { Command } from 'commander';
import { knownSpec, PAPER_DATASET } from '../dataset/specs';
import { EXIT, FerlabError } from '../errors';
import { checkProtocol, formatProtocolReport } from '../protocol/check';
import { loadDivided, loadPair, type ProtocolImages } from '../protocol/images';
import { loadOperations, type Operation } from '../protocol/operations';
import { parseStatistics } from '../protocol/preprocessing';
import { imagesOfRun, operationsOfRun } from '../protocol/run';
import { isFinished, loadRunData, openRun } from '../run/open-run';
import { DATA_HELP, datasetOption, printJson } from './options';

interface ProtocolFlags {
  training?: string;
  test?: string;
  data?: string;
  dataset: string;
  classes?: string;
  subject?: string;
  normalisedWith?: string;
  record?: string;
  json?: boolean;
}

/** `ferlab check-protocol`: does a classifier know the images that it is tested on? */
export function checkProtocolCommand(): Command {
  return new Command('check-protocol')
    .argument(
      '[source]',
      'data whose parts are told (CSV, parquet, archive, folders), or the folder of a run',
    )
    .option('--training <path>', 'the training part: a folder of pictures in any depth, or a table')
    .option('--test <path>', 'the test part, likewise')
    .option('--data <path>', `of a run: ${DATA_HELP}`)
    .addOption(datasetOption('the data set as which tables are read').default(PAPER_DATASET.name))
    .option('--classes <order>', 'order of numbered classes, as for data info')
    .option('--subject <pattern>', 'regular expression of the file names whose first group is the person')
    .option(
      '--normalised-with <mean,deviation>',
      'printed statistics of a normalisation: of which part are they?',
    )
    .option('--record <file>', 'record of the order of operations, see docs/commands.md')
    .option('--json', 'print the whole report as JSON, with every copy')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(source: string | undefined, flags: ProtocolFlags): Promise<void> {
  const statistics = flags.normalisedWith === undefined ? null : parseStatistics(flags.normalisedWith);
  const given = flags.record === undefined ? null : loadOperations(flags.record);
  const { images, operations } = await load(source, flags);
  const report = checkProtocol(images, {
    subject: flags.subject,
    statistics,
    operations: given ?? operations,
  });
  if (flags.json) printJson(report);
  else process.stdout.write(formatProtocolReport(report));
  if (report.verdict === 'leak') process.exitCode = EXIT.verdict;
}

interface Loaded {
  readonly images: ProtocolImages;
  readonly operations: readonly Operation[] | null;
}

async function load(source: string | undefined, flags: ProtocolFlags): Promise<Loaded> {
  const { training, test, data, dataset, classes } = flags;
  const spec = knownSpec(dataset);
  const isPair = training !== undefined && test !== undefined;
  if ((source === undefined) !== isPair || (training === undefined) !== (test === undefined)) {
    throw new FerlabError('it is not clear what to check', {
      remedy: 'give data whose parts are told, or a run, or --training and --test together',
    });
  }
  if (source === undefined) return { images: await loadPair(training!, test!, spec), operations: null };
  if (!isFinished(source)) return { images: await loadDivided(source, spec, classes), operations: null };
  const opened = openRun(source);
  return {
    images: imagesOfRun(opened, await loadRunData(opened, data)),
    operations: operationsOfRun(opened),
  };
}

const EXAMPLES = `
Examples:
  ferlab check-protocol faces.csv
  ferlab check-protocol --training faces/train --test faces/test --subject '^([0-9]+)_'
  ferlab check-protocol faces.csv --normalised-with 0.508,0.255
  ferlab check-protocol models/strong-cnn-seed1 --data faces.csv

Exit status: 0 if no leak was found, ${EXIT.verdict} if one was, 2 if something can't be read.`;

import { Argument, Command, Option } from 'commander';
import { BASELINE_NAMES, BASELINES, type BaselineName } from '../baseline/methods';
import { knownSpec } from '../dataset/specs';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import { loadTrainingData } from '../run/training-data';
import { fitBaseline } from '../train/fit-baseline';
import { DATA_HELP, datasetOption, printJson, printNote, wholeNumber } from './options';

interface BaselineFlags {
  data?: string;
  dataset?: string;
  classes?: string;
  sample?: boolean;
  protocol: Protocol;
  seed: number;
  anew?: boolean;
  json?: boolean;
}

export function baselineCommand(): Command {
  return new Command('baseline')
    .addArgument(new Argument('<method>', 'method that recognises the classes').choices(BASELINE_NAMES))
    .option('--data <path>', DATA_HELP)
    .addOption(datasetOption('the data set as which the data is read'))
    .option('--classes <order>', 'the order of the classes, as for train')
    .option('--sample', 'fit to the built-in synthetic sample')
    .addOption(
      new Option('--protocol <name>', 'how the images are divided').choices(PROTOCOLS).default('official'),
    )
    .option('--seed <n>', 'seed of all random numbers', wholeNumber, 1)
    .option('--anew', 'discard an earlier run with the same flags and fit again')
    .option('--json', 'print the record as JSON')
    .addHelpText(
      'after',
      `
Methods:
${BASELINE_NAMES.map((name) => `  ${name.padEnd(13)} ${BASELINES[name].title}`).join('\n')}

Settings are chosen on the validation part. The result is a run: the commands evaluate, report and publish take its folder.

Examples:
  npx ferlab baseline hog-svm
  npx ferlab evaluate --final runs/hog-svm-official-seed1-9631e285`,
    )
    .action(run);
}

async function run(method: BaselineName, flags: BaselineFlags): Promise<void> {
  const { data: path, dataset: name, classes, sample, protocol, seed, anew, json } = flags;
  const spec = name === undefined ? undefined : knownSpec(name);
  const dataset = await loadTrainingData({ path, spec, classes, sample }, `the baseline ${method}`);
  const { folder, record } = await fitBaseline(method, {
    ...{ dataset, protocol, seed, anew },
    onNote: printNote,
    onTried: ({ settings, validationAccuracy, seconds }) =>
      process.stderr.write(
        `tried ${JSON.stringify(settings)}: ${percent(validationAccuracy)} of the validation images, ${seconds} s\n`,
      ),
  });
  if (json) return printJson({ folder, ...record });
  const best = Math.max(...record.tried.map(({ validationAccuracy }) => validationAccuracy));
  process.stdout.write(
    `${BASELINES[method].title}: validation accuracy ${percent(best)}, ${record.trainingSeconds} s\nrun: ${folder}\n`,
  );
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

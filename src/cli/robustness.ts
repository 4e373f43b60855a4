import { mkdirSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CORRUPTION_NAMES, type CorruptionName } from '../evaluate/robustness/corruptions';
import type { Robustness } from '../evaluate/robustness/robustness';
import type { RobustnessNames } from '../report/tables/robustness';
import { explainWriteFailure } from '../write-whole';
import { DATA_HELP, DEFAULT_MODEL, printJson, wholeNumber } from './options';

interface RobustnessFlags {
  readonly run?: string;
  readonly reference: string;
  readonly images?: number;
  readonly changes?: CorruptionName[];
  readonly seed: number;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** At least one image. */
function imageCount(text: string): number {
  const count = wholeNumber(text);
  if (count < 1) throw new InvalidArgumentError('a whole number above 0 is needed');
  return count;
}

export function robustnessCommand(): Command {
  return new Command('robustness')
    .argument('[models...]', `published models; default: ${DEFAULT_MODEL}`)
    .option('--run <folder>', 'the folder of a run instead of models')
    .option('--reference <name>', 'the published model that they are compared with', 'hog-svm')
    .option('--images <n>', 'images that are drawn from the validation part; default: all', imageCount)
    .addOption(
      new Option('--changes <names...>', 'how images are spoilt; default: in every way').choices(
        CORRUPTION_NAMES,
      ),
    )
    .option('--seed <n>', 'of the drawn images and of what is random in a change', wholeNumber, 1)
    .option('--data <path>', DATA_HELP)
    .option('--out <folder>', 'also write the tables and figures there')
    .option('--json', 'print the numbers as JSON')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Spoils the images of the validation part (PublicTest under the official protocol) in nine ways and five strengths, and
measures accuracy beside that of a reference on the same images, each seen once. The test part stays sealed. The images are
those in the validation parts of both, so that neither was trained on them. With several models, the tables hold all of
them, and the curves are those of the first.

Examples:
  npx ferlab robustness strong-cnn-seed1 --out figures/robustness
  npx ferlab robustness strong-cnn-seed1 strong-ensemble
  npx ferlab robustness --changes eyes mouth --images 500`;

// What loads TensorFlow is imported when the words make sense.
async function run(models: readonly string[], flags: RobustnessFlags): Promise<void> {
  const { measureRobustness } = await import('../evaluate/robustness/robustness.js');
  const { loadRunData, openRun } = await import('../run/open-run.js');
  const { modelFolder } = await import('../run/published-models.js');
  const { isSample } = await import('../dataset/specs/index.js');
  const names = models.length > 0 ? models : [DEFAULT_MODEL];
  const runs = (flags.run ? [flags.run] : names.map((name) => modelFolder(name))).map(openRun);
  const reference = openRun(modelFolder(flags.reference));
  const dataset = await loadRunData(runs[0]!, flags.data);
  const { seed, images, changes: corruptions } = flags;
  const all: Robustness[] = [];
  for (const own of runs)
    all.push(await measureRobustness([own, reference], dataset, { seed, images, corruptions }));
  const circumstances = { reference: flags.reference, seed, isSynthetic: isSample(dataset.spec) };
  if (flags.out) await save(all, circumstances, flags.out);
  if (flags.json) printJson({ ...circumstances, runs: all });
  else await print(all, circumstances);
}

async function print(all: readonly Robustness[], names: RobustnessNames): Promise<void> {
  const { tableText } = await import('../report/formats/text.js');
  for (const table of Object.values(await tablesOf(all, names)))
    process.stdout.write(`${tableText(table)}\n`);
}

async function tablesOf(all: readonly Robustness[], names: RobustnessNames) {
  const { tableRelativeErrors, tableRobustness } = await import('../report/tables/robustness.js');
  return { robustness: tableRobustness(all, names), 'relative-errors': tableRelativeErrors(all, names) };
}

async function save(all: readonly Robustness[], names: RobustnessNames, folder: string): Promise<void> {
  const { writeFigures, writeTables } = await import('../report/save.js');
  const { plotRelativeErrors } = await import('../report/figures/relative-errors.js');
  const { plotRobustness } = await import('../report/figures/robustness.js');
  const figures = {
    robustness: plotRobustness(all[0]!, names),
    'relative-errors': plotRelativeErrors(all, names),
  };
  try {
    mkdirSync(folder, { recursive: true });
    writeTables(folder, await tablesOf(all, names));
    await writeFigures(folder, figures);
  } catch (error) {
    throw explainWriteFailure(folder, error, 'start again');
  }
}

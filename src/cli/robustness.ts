import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { CORRUPTION_NAMES, type CorruptionName } from '../evaluate/robustness/corruptions';
import type { Robustness } from '../evaluate/robustness/robustness';
import type { RobustnessNames } from '../report/tables/robustness';
import { explainWriteFailure } from '../write-whole';
import { DATA_HELP, printJson, wholeNumber } from './options';

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
    .argument('[model]', 'a published model', 'strong-cnn-seed1')
    .option('--run <folder>', 'the folder of a run instead of a model')
    .option('--reference <name>', 'the published model that it is compared with', 'hog-svm')
    .option('--images <n>', 'images that are drawn from the validation part; default: all', imageCount)
    .addOption(
      new Option('--changes <names...>', 'how images are spoilt; default: in every way').choices(
        CORRUPTION_NAMES,
      ),
    )
    .option('--seed <n>', 'of the drawn images and of what is random in a change', wholeNumber, 1)
    .option('--data <path>', DATA_HELP)
    .option('--out <folder>', 'also write the table and a figure there')
    .option('--json', 'print the numbers as JSON')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Spoils the images of the validation part (PublicTest under the official protocol) in nine ways and five strengths, and
measures accuracy beside that of a reference on the same images, each seen once. The test part stays sealed.

Examples:
  npx ferlab robustness strong-cnn-seed1 --out figures/robustness
  npx ferlab robustness --changes eyes mouth --images 500`;

// What loads TensorFlow is imported when the words make sense.
async function run(model: string, flags: RobustnessFlags): Promise<void> {
  const { measureRobustness } = await import('../evaluate/robustness/robustness.js');
  const { loadRunData, openRun } = await import('../run/open-run.js');
  const { modelFolder } = await import('../run/published-models.js');
  const { isSample } = await import('../dataset/specs/index.js');
  const own = openRun(flags.run ?? modelFolder(model));
  const reference = openRun(modelFolder(flags.reference));
  const dataset = await loadRunData(own, flags.data);
  const { seed, images, changes: corruptions } = flags;
  const robustness = await measureRobustness([own, reference], dataset, { seed, images, corruptions });
  const isSynthetic = isSample(dataset.spec);
  const names = { run: basename(own.folder), reference: flags.reference, seed, isSynthetic };
  if (flags.out) await save(robustness, names, flags.out);
  if (flags.json) printJson({ ...names, ...robustness });
  else await print(robustness, names);
}

async function print(robustness: Robustness, names: RobustnessNames): Promise<void> {
  const { tableText } = await import('../report/formats/text.js');
  const { tableRobustness } = await import('../report/tables/robustness.js');
  process.stdout.write(`${tableText(tableRobustness(robustness, names))}\n`);
}

async function save(robustness: Robustness, names: RobustnessNames, folder: string): Promise<void> {
  const { writeFigures, writeTables } = await import('../report/save.js');
  const { tableRobustness } = await import('../report/tables/robustness.js');
  const { plotRobustness } = await import('../report/figures/robustness.js');
  try {
    mkdirSync(folder, { recursive: true });
    writeTables(folder, { robustness: tableRobustness(robustness, names) });
    await writeFigures(folder, { robustness: plotRobustness(robustness, names) });
  } catch (error) {
    throw explainWriteFailure(folder, error, 'start again');
  }
}

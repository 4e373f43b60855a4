import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { ModelSlices, SlicesNames } from '../report/tables/slices';
import type { PredictedPart } from '../run/predictions';
import { explainWriteFailure } from '../write-whole';
import { DATA_HELP, DEFAULT_MODEL, printJson } from './options';

interface SlicesFlags {
  readonly part: PredictedPart;
  readonly data?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function slicesCommand(): Command {
  return new Command('slices')
    .argument('[models...]', `published models, or folders of runs; default: ${DEFAULT_MODEL}`)
    .addOption(
      new Option('--part <name>', 'whose saved predictions are sliced')
        .choices(['validation', 'test'])
        .default('test'),
    )
    .option('--data <path>', DATA_HELP)
    .option('--out <folder>', 'also write the table there')
    .option('--json', 'print the numbers as JSON')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Divides the images of a part by brightness, contrast, sharpness, the votes of FER+ and copies in the training part, and
counts accuracy in each slice from saved predictions; predicts nothing. FER+ is found beside the data or by $FERPLUS.

Examples:
  npx ferlab slices strong-cnn-seed1 hog-svm --out figures/slices
  npx ferlab slices runs/NAME --part validation`;

async function run(words: readonly string[], { part, data, out, json }: SlicesFlags): Promise<void> {
  const { loadVotes } = await import('../dataset/ferplus.js');
  const { isSample } = await import('../dataset/specs/index.js');
  const { sliceAccuracies, slicingsOf } = await import('../evaluate/slices.js');
  const { checkRunData, loadRunData, loadRunPredictions, openRun } = await import('../run/open-run.js');
  const { runOrModelFolder } = await import('../run/published-models.js');
  const runs = (words.length > 0 ? words : [DEFAULT_MODEL]).map((word) => openRun(runOrModelFolder(word)));
  const dataset = await loadRunData(runs[0]!, data);
  for (const own of runs) checkRunData(own, dataset);
  const votes = loadVotes(dataset);
  const slicings = slicingsOf(dataset, votes);
  const models = runs.map((own) => ({
    model: basename(own.folder),
    slices: sliceAccuracies(loadRunPredictions(own, part), slicings),
  }));
  const names = { part, isSynthetic: isSample(dataset.spec), hasVotes: votes !== null };
  if (out) await save(models, names, out);
  if (json) printJson({ ...names, models });
  else await print(models, names);
}

async function print(models: readonly ModelSlices[], names: SlicesNames): Promise<void> {
  const { tableText } = await import('../report/formats/text.js');
  const { tableSlices } = await import('../report/tables/slices.js');
  process.stdout.write(`${tableText(tableSlices(models, names))}\n`);
}

async function save(models: readonly ModelSlices[], names: SlicesNames, folder: string): Promise<void> {
  const { writeTables } = await import('../report/save.js');
  const { tableSlices } = await import('../report/tables/slices.js');
  try {
    mkdirSync(folder, { recursive: true });
    writeTables(folder, { slices: tableSlices(models, names) });
  } catch (error) {
    throw explainWriteFailure(folder, error, 'start again');
  }
}

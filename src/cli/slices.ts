import { mkdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { ImageDataset } from '../dataset/dataset';
import type { FerPlusVotes } from '../dataset/ferplus';
import type { CrowdAccuracy } from '../evaluate/crowd-accuracy';
import type { ReportTable } from '../report/table';
import type { ModelSlices, SlicesNames } from '../report/tables/slices';
import type { PredictedPart } from '../run/predictions';
import type { Run } from '../run/run';
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
counts accuracy in each slice from saved predictions; predicts nothing. Where the votes of FER+ are found, beside the data or
by $FERPLUS, a second table holds accuracy by the labels of the data beside accuracy by the choices of the raters.

Examples:
  npx ferlab slices strong-cnn-seed1 hog-svm --out figures/slices
  npx ferlab slices runs/NAME --part validation`;

async function run(words: readonly string[], { part, data, out, json }: SlicesFlags): Promise<void> {
  const { loadVotes } = await import('../dataset/ferplus.js');
  const { isSample } = await import('../dataset/specs/index.js');
  const { checkRunData, loadRunData, openRun } = await import('../run/open-run.js');
  const { runOrModelFolder } = await import('../run/published-models.js');
  const runs = (words.length > 0 ? words : [DEFAULT_MODEL]).map((word) => openRun(runOrModelFolder(word)));
  const dataset = await loadRunData(runs[0]!, data);
  for (const own of runs) checkRunData(own, dataset);
  const votes = loadVotes(dataset);
  const names = { part, isSynthetic: isSample(dataset.spec), hasVotes: votes !== null };
  const found = await count(runs, { part, dataset, votes });
  const tables = await tablesOf(found, names);
  if (out) await save(tables, out);
  if (json) printJson({ ...names, ...found });
  else await print(tables);
}

/** What is counted of the predictions of some runs. */
interface Found {
  readonly models: readonly ModelSlices[];
  /** Null where there are no votes. */
  readonly labels: readonly CrowdAccuracy[] | null;
}

interface Counted {
  readonly part: PredictedPart;
  readonly dataset: ImageDataset;
  readonly votes: FerPlusVotes | null;
}

async function count(runs: readonly Run[], { part, dataset, votes }: Counted): Promise<Found> {
  const { leadingClasses } = await import('../dataset/crowd.js');
  const { crowdAccuracies } = await import('../evaluate/crowd-accuracy.js');
  const { sliceAccuracies, slicingsOf } = await import('../evaluate/slices.js');
  const { describeClassifier } = await import('../run/classifier.js');
  const { loadRunPredictions } = await import('../run/open-run.js');
  const predicted = runs.map((run) => ({ run, predictions: loadRunPredictions(run, part) }));
  const slicings = slicingsOf(dataset, votes);
  const models = predicted.map(({ run, predictions }) => ({
    model: basename(run.folder),
    slices: sliceAccuracies(predictions, slicings),
  }));
  const rated = predicted.map(({ run, predictions }) => ({
    ...describeClassifier(run),
    learnt: run.record.kind === 'network' ? run.record.config.labels : undefined,
    imagesLearnt: run.record.counts.training,
    predictions,
  }));
  return { models, labels: votes && crowdAccuracies(rated, leadingClasses(votes, dataset.spec)) };
}

async function tablesOf({ models, labels }: Found, names: SlicesNames): Promise<Record<string, ReportTable>> {
  const { tableCrowdAccuracy } = await import('../report/tables/crowd-accuracy.js');
  const { tableSlices } = await import('../report/tables/slices.js');
  return {
    slices: tableSlices(models, names),
    ...(labels && { labels: tableCrowdAccuracy(labels, names) }),
  };
}

async function print(tables: Readonly<Record<string, ReportTable>>): Promise<void> {
  const { tableText } = await import('../report/formats/text.js');
  process.stdout.write(`${Object.values(tables).map(tableText).join('\n\n')}\n`);
}

async function save(tables: Readonly<Record<string, ReportTable>>, folder: string): Promise<void> {
  const { writeTables } = await import('../report/save.js');
  try {
    mkdirSync(folder, { recursive: true });
    writeTables(folder, tables);
  } catch (error) {
    throw explainWriteFailure(folder, error, 'start again');
  }
}

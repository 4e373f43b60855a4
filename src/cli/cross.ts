import { basename } from 'node:path';
import { Command } from 'commander';
import { datasetOption, printJson } from './options';

interface CrossFlags {
  readonly data: string;
  readonly dataset: string;
  readonly json?: boolean;
}

export function crossCommand(): Command {
  return new Command('cross')
    .argument('<models...>', 'names of published models, or folders of runs')
    .requiredOption('--data <path>', 'a copy of the other data set')
    .addOption(datasetOption('the other data set').makeOptionMandatory())
    .option('--json', 'print the numbers as JSON')
    .addHelpText('after', HELP)
    .action(run);
}

const HELP = `
Recognises the images of another data set than that of the training, among the classes that both share. Intervals are over
people where the data tells who is seen. An official test part stays sealed.

Examples:
  npx ferlab cross strong-cnn-seed1 hog-svm --dataset ck-plus --data CK+48`;

// What loads TensorFlow is imported when the words make sense.
async function run(models: readonly string[], { data, dataset: name, json }: CrossFlags): Promise<void> {
  const { openRun } = await import('../run/open-run.js');
  const { runOrModelFolder } = await import('../run/published-models.js');
  const { knownSpec } = await import('../dataset/specs/index.js');
  const { loadDataset } = await import('../dataset/load.js');
  const { evaluateAcross } = await import('../evaluate/cross/cross.js');
  const { emptyMemory } = await import('../predict/predict-run.js');
  const runs = models.map((model) => openRun(runOrModelFolder(model)));
  const dataset = await loadDataset({ path: data, spec: knownSpec(name) });
  const memory = emptyMemory();
  const rows = runs.map((one) => ({
    model: basename(one.folder),
    ...evaluateAcross(one, dataset, { memory }),
  }));
  if (json) return printJson(rows);
  const { tableText } = await import('../report/formats/text.js');
  const { tableCross, tableCrossClasses } = await import('../report/tables/cross.js');
  for (const table of [tableCross(rows), tableCrossClasses(rows)])
    process.stdout.write(`${tableText(table)}\n\n`);
}

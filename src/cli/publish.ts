import { Command } from 'commander';
import { loadDataset } from '../dataset/load';
import { tableModels } from '../publish/overview';
import { publishRun } from '../publish/publish';
import { loadResults } from '../report/results';
import { tableText } from '../report/table-text';
import { openRun } from '../train/open-run';
import { printJson } from './options';

interface PublishFlags {
  name: string;
  data?: string;
  models?: string;
  json?: boolean;
}

export function publishCommand(): Command {
  return new Command('publish')
    .argument('<run>', 'folder of a finished run')
    .requiredOption('--name <name>', "name of the model's folder")
    .option('--data <path>', 'the data that the run was trained on')
    .option('--models <folder>', 'where models are published; models/ unless given')
    .option('--json', 'print all numbers as JSON')
    .addHelpText(
      'after',
      `
Rounds the weights to float16, measures on the validation part what that costs, and then evaluates the rounded weights on
the test part, once: there is no second try with the same training.

Example:
  npx ferlab publish runs/strong-official-seed1-031f1aa6 --name strong-cnn`,
    )
    .action(run);
}

async function run(folder: string, { name, data, models, json }: PublishFlags): Promise<void> {
  const { record } = openRun(folder);
  const sample = record.dataset.kind === 'synthetic' && !data;
  const dataset = await loadDataset(sample ? { sample } : { path: data });
  const published = publishRun(folder, { name, dataset, models });
  const results = { ...loadResults(published), run: name };
  if (json) return printJson(results);
  process.stdout.write(`${tableText(tableModels([results]))}\n${published}\n`);
}

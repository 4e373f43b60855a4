import { Command } from 'commander';
import { FerlabError } from '../errors';
import { loadResults } from '../evaluate/results';
import { publishEnsemble } from '../publish/ensemble';
import { tableModels } from '../publish/overview';
import { publishRun } from '../publish/publish';
import { tableText } from '../report/formats/text';
import { withLock } from '../run/lock';
import { loadRunData, openRun } from '../run/open-run';
import { modelFolder } from '../run/published-models';
import { printJson } from './options';

interface PublishFlags {
  name: string;
  ensemble?: string[];
  data?: string;
  models?: string;
  json?: boolean;
}

export function publishCommand(): Command {
  return new Command('publish')
    .argument('[run]', 'folder of a finished run')
    .requiredOption('--name <name>', "name of the model's folder")
    .option('--ensemble <names...>', 'instead of a run: published models whose probabilities are averaged')
    .option('--data <path>', 'the data that the run was trained on')
    .option('--models <folder>', 'where models are published; models/ unless given')
    .option('--json', 'print all numbers as JSON')
    .addHelpText(
      'after',
      `
Rounds the weights to float16, measures on the validation part what that costs, and then evaluates the rounded weights on
the test part, once: there is no second try with the same training.

Examples:
  npx ferlab publish runs/strong-official-seed1-031f1aa6 --name strong-cnn-seed1
  npx ferlab publish --ensemble strong-cnn-seed1 strong-cnn-seed2 --name strong-ensemble`,
    )
    .action(run);
}

async function run(folder: string | undefined, flags: PublishFlags): Promise<void> {
  const { name, models, ensemble } = flags;
  if ((folder === undefined) === (ensemble === undefined)) {
    throw new FerlabError('a run or --ensemble is needed, and not both', {
      remedy: 'see `ferlab publish --help`',
    });
  }
  const first = folder ?? modelFolder(ensemble![0]!, models);
  const dataset = await loadRunData(openRun(first), flags.data);
  const published = ensemble
    ? publishEnsemble({ name, members: ensemble, dataset, models })
    : await withLock(first, () => publishRun(first, { name, dataset, models }));
  const results = loadResults(published, name);
  if (flags.json) return printJson(results);
  process.stdout.write(`${tableText(tableModels([results]))}\n${published}\n`);
}

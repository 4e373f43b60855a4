import { Command } from 'commander';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { loadResults } from '../evaluate/results';
import { correctModel } from '../publish/correct';
import { publishEnsemble } from '../publish/ensemble';
import { tableModels } from '../publish/overview';
import { publishRun } from '../publish/publish';
import { tableText } from '../report/formats/text';
import { withLock } from '../run/lock';
import { loadRunData, openRun } from '../run/open-run';
import { modelFolder } from '../run/published-models';
import { printJson, printNote } from './options';

interface PublishFlags {
  name: string;
  ensemble?: string[];
  correct?: string;
  data?: string;
  models?: string;
  json?: boolean;
}

export function publishCommand(): Command {
  return new Command('publish')
    .argument('[run]', 'folder of a finished run')
    .requiredOption('--name <name>', "name of the model's folder")
    .option('--ensemble <names...>', 'instead of a run: average the probabilities of these published models')
    .option(
      '--correct <reason>',
      'instead of a run: evaluate the published model again on the given data, for this reason',
    )
    .option('--data <path>', 'the data that the run was trained on')
    .option('--models <folder>', 'folder of the published models; default: models/')
    .option('--json', 'print all numbers as JSON')
    .addHelpText(
      'after',
      `
Rounds the weights to float16, measures the loss on the validation part, and evaluates the rounded weights on the test
part, unless \`ferlab evaluate --final\` has done so. Each training has one final evaluation. A correction evaluates
published weights again on a better copy of their data; card, record and final.json state the reason.

Examples:
  npx ferlab publish runs/strong-official-seed1-031f1aa6 --name strong-cnn-seed1
  npx ferlab publish --ensemble strong-cnn-seed1 strong-cnn-seed2 --name strong-ensemble`,
    )
    .action(run);
}

async function run(folder: string | undefined, flags: PublishFlags): Promise<void> {
  const { name, models, ensemble, correct } = flags;
  if ([folder, ensemble, correct].filter((given) => given !== undefined).length !== 1) {
    throw new FerlabError('give a run, --ensemble or --correct', {
      remedy: 'see `ferlab publish --help`',
    });
  }
  const first = folder ?? modelFolder(ensemble?.[0] ?? name, models);
  const dataset = await loadRunData(openRun(first), flags.data);
  const published = await publish(first, dataset, flags);
  const results = loadResults(published, name);
  if (flags.json) return printJson(results);
  process.stdout.write(`${tableText(tableModels([results]))}\n${published}\n`);
}

/** @returns the model's folder */
async function publish(first: string, dataset: ImageDataset, flags: PublishFlags): Promise<string> {
  const { name, models, ensemble, correct } = flags;
  if (ensemble) return publishEnsemble({ name, members: ensemble, dataset, models });
  if (!correct)
    return withLock(first, () => publishRun(first, { name, dataset, models }), { onNote: printNote });
  correctModel(name, { dataset, reason: correct, models });
  return first;
}

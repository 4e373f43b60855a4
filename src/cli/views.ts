import { Command, Option } from 'commander';
import { TEST_TIME_VIEWS, type TestTimeViews } from '../augment/views';
import type { ImageDataset } from '../dataset/dataset';
import { isSample } from '../dataset/specs';
import { compareViews, keepViews } from '../evaluate/choose-views';
import { tableText } from '../report/formats/text';
import { tableViews } from '../report/tables/views';
import { withLock } from '../run/lock';
import { loadRunData, loadValidation, openRun } from '../run/open-run';
import { countHits } from '../run/predictions';
import { latestRun } from '../run/run-folder';
import { printJson, printNote } from './options';

interface ViewsFlags {
  data?: string;
  keep?: TestTimeViews;
  json?: boolean;
}

export function viewsCommand(): Command {
  return new Command('views')
    .argument('[run]', 'folder of the run; default: the latest')
    .option('--data <path>', 'the data that the run was trained on')
    .addOption(
      new Option('--keep <views>', 'use these views for all later predictions of the run').choices(
        TEST_TIME_VIEWS,
      ),
    )
    .option('--json', 'print the accuracies as JSON')
    .addHelpText(
      'after',
      `
Averages the probabilities over several views of each image and measures the effect on the validation part. Choosing
views is part of the training: after the final evaluation they can't be changed.

Examples:
  npx ferlab views
  npx ferlab views --keep mirror-shifts-and-turns`,
    )
    .action(run);
}

async function run(folder: string | undefined, flags: ViewsFlags): Promise<void> {
  const chosen = folder ?? latestRun();
  const dataset = await loadRunData(openRun(chosen), flags.data);
  if (flags.keep) return keep(chosen, dataset, { views: flags.keep, json: flags.json });
  const results = compareViews(chosen, dataset);
  if (flags.json) printJson(results);
  else {
    const isSynthetic = isSample(dataset.spec);
    process.stdout.write(`${tableText(tableViews(results, { isSynthetic }))}\n`);
  }
}

/** Lets a run predict with other views, and says what that changed. */
async function keep(
  folder: string,
  dataset: ImageDataset,
  { views, json }: { views: TestTimeViews; json?: boolean },
): Promise<void> {
  const before = accuracyOf(folder);
  await withLock(folder, () => keepViews(folder, dataset, views), { onNote: printNote });
  const after = accuracyOf(folder);
  if (json) return printJson({ run: folder, views, before, after });
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  process.stdout.write(
    `${folder} now predicts with the views ${views}: validation accuracy ${percent(after)}, before ${percent(before)}\n`,
  );
}

function accuracyOf(folder: string): number {
  const predictions = loadValidation(folder);
  return countHits(predictions) / predictions.labels.length;
}

import { Command, Option } from 'commander';
import { findDataset } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import type { RunConfig } from '../train/config';
import { bestEpoch } from '../train/history';
import { buildConfig, PROFILE_NAMES } from '../train/profiles';
import { trainRun } from '../train/train';
import { interruptSignal } from './interrupt';
import { PROFILE_HELP, printJson, wholeNumber } from './options';
import { trainingView } from './training-progress';

interface TrainFlags {
  profile?: string;
  data?: string;
  seed?: number;
  protocol?: Protocol;
  model?: RunConfig['model'];
  precision?: RunConfig['precision'];
  epochs?: number;
  batchSize?: number;
  resume?: boolean;
  json?: boolean;
}

export function trainCommand(): Command {
  return new Command('train')
    .addOption(new Option('--profile <name>', PROFILE_HELP).choices(PROFILE_NAMES))
    .option(
      '--data <path>',
      'FER-2013 in any form that README lists; else $FER2013, data/, the synthetic sample',
    )
    .option('--seed <n>', 'seed of everything random', wholeNumber)
    .addOption(new Option('--protocol <name>', 'how the images are divided').choices(PROTOCOLS))
    .addOption(new Option('--model <name>').choices(['paper-cnn', 'benchmark-cnn', 'strong-cnn']))
    .addOption(new Option('--precision <type>').choices(['auto', 'float32', 'bfloat16']))
    .option('--epochs <n>', 'passes over the training images', wholeNumber)
    .option('--batch-size <n>', 'images in a step', wholeNumber)
    .option('--resume', 'go on from the checkpoint of the run with the same flags')
    .option('--json', 'print the record as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab train                                    quick on your data, else smoke on the sample
  npx ferlab train --profile paper --seed 2           the paper's protocol with another seed
  npx ferlab train --profile paper --seed 2 --resume  go on after an interrupt`,
    )
    .action(run);
}

async function run(flags: TrainFlags): Promise<void> {
  const { data, resume, json, profile = findDataset(data) ? 'quick' : 'smoke', ...overrides } = flags;
  const config = buildConfig(profile, overrides);
  const dataset = await loadDataset(profile === 'smoke' && !data ? { sample: true } : { path: data });
  const view = trainingView(process.stderr);
  try {
    const trained = await trainRun(config, {
      dataset,
      resume,
      signal: interruptSignal(),
      onProgress: view.update,
    });
    view.stop();
    if (json) return printJson({ folder: trained.folder, ...trained.record });
    const best = bestEpoch(trained.history)!;
    process.stdout.write(
      `trained ${config.model} on ${dataset.source.format}: validation accuracy ${(100 * best.valAccuracy).toFixed(2)} % ` +
        `in epoch ${best.epoch}, ${trained.record.trainingSeconds} s\nrun: ${trained.folder}\n`,
    );
  } finally {
    view.stop();
  }
}

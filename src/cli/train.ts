import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { findDataset } from '../dataset/find';
import { loadDataset } from '../dataset/load';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import { FerlabError } from '../errors';
import { MODELS } from '../model/models';
import type { RunConfig } from '../run/config';
import { bestEpoch } from '../run/history';
import { loadJson } from '../run/json-file';
import { isFinished } from '../run/open-run';
import { buildConfig, PROFILE_NAMES } from '../run/profiles';
import { runFiles, runFolder } from '../run/run-folder';
import { trainRun } from '../train/train';
import { problemsOf } from '../zod-problems';
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
  config?: string;
  resume?: boolean;
  anew?: boolean;
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
    .addOption(new Option('--model <name>').choices(Object.keys(MODELS)))
    .addOption(new Option('--precision <type>').choices(['auto', 'float32', 'bfloat16']))
    .option('--epochs <n>', 'passes over the training images', wholeNumber)
    .option('--batch-size <n>', 'images in a step', wholeNumber)
    .option('--config <file>', 'JSON with other fields of the configuration, such as {"learningRate": 0.002}')
    .option('--resume', 'go on from the checkpoint of the run with the same flags')
    .option('--anew', 'discard what an unfinished run with the same flags has trained')
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
  const { data, config: file, resume, anew, json, profile: chosen, ...overrides } = flags;
  const profile = chosen ?? (findDataset(data) ? 'quick' : 'smoke');
  const config = buildConfig(profile, { ...(file ? loadFields(file) : {}), ...overrides });
  if (!resume && !anew) refuseToDiscard(config);
  const dataset = await loadDataset(profile === 'smoke' && !data ? { sample: true } : { path: data });
  if (dataset.source.kind === 'synthetic' && profile !== 'smoke') {
    process.stderr.write('note: FER-2013 was not found, so this trains on the built-in synthetic sample\n');
  }
  if (config.teacher) {
    process.stderr.write(
      `note: first ${config.teacher.model} looks at the training images, which takes some minutes\n`,
    );
  }
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

const fieldsSchema = z.looseObject({});

/** Fields of a configuration in a file, which are checked with all others. @throws FerlabError when it holds no object */
function loadFields(file: string): Partial<RunConfig> {
  const result = fieldsSchema.safeParse(loadJson(file));
  if (result.success) return result.data;
  throw new FerlabError(`${file}: ${problemsOf(result.error, 'configuration').join('; ')}`, {
    remedy: 'write fields of the configuration, such as {"learningRate": 0.002}',
  });
}

/** @throws FerlabError when a training without --resume would throw finished epochs away */
function refuseToDiscard(config: RunConfig): void {
  const folder = runFolder(config);
  if (isFinished(folder) || !existsSync(runFiles(folder).weights)) return;
  throw new FerlabError(`${folder}: a run with these settings was begun and is not finished`, {
    remedy: 'go on with --resume, or begin again with --anew',
  });
}

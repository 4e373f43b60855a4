import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { z } from 'zod';
import { unusualIn } from '../dataset/describe';
import { findCopy } from '../dataset/find';
import { isSample, knownSpec, PAPER_DATASET } from '../dataset/specs';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import { FerlabError } from '../errors';
import { MODELS } from '../model/models';
import type { RunConfig } from '../run/config';
import { bestEpoch } from '../run/history';
import { loadJson } from '../run/json-file';
import { buildConfig, PROFILE_NAMES } from '../run/profiles';
import type { NetworkRun } from '../run/run';
import { runFolder } from '../run/run-folder';
import { loadTrainingData } from '../run/training-data';
import { trainRun } from '../train/train';
import { problemsOf } from '../zod-problems';
import { interruptSignal } from './interrupt';
import { DATA_HELP, datasetOption, PROFILE_HELP, printJson, printNote, wholeNumber } from './options';
import { TENSORBOARD_HELP, TrainingLogs } from './tensorboard';
import { trainingView } from './training-progress';

interface TrainFlags {
  profile?: string;
  data?: string;
  dataset?: string;
  classes?: string;
  seed?: number;
  protocol?: Protocol;
  model?: RunConfig['model'];
  precision?: RunConfig['precision'];
  epochs?: number;
  batchSize?: number;
  config?: string;
  sample?: boolean;
  resume?: boolean;
  anew?: boolean;
  tensorboard?: string;
  json?: boolean;
}

export function trainCommand(): Command {
  return new Command('train')
    .addOption(new Option('--profile <name>', PROFILE_HELP).choices(PROFILE_NAMES))
    .option('--data <path>', DATA_HELP)
    .addOption(datasetOption('the data set as which the data is read'))
    .option(
      '--classes <order>',
      'order of numbered classes: official, alphabetical, or the class names in order',
    )
    .option('--sample', 'train on the built-in synthetic sample, as the profile smoke does')
    .option('--seed <n>', 'seed of all random numbers', wholeNumber)
    .addOption(new Option('--protocol <name>', 'how the images are divided').choices(PROTOCOLS))
    .addOption(new Option('--model <name>').choices(Object.keys(MODELS)))
    .addOption(new Option('--precision <type>').choices(['auto', 'float32', 'bfloat16']))
    .option('--epochs <n>', 'passes over the training images', wholeNumber)
    .option('--batch-size <n>', 'images in a step', wholeNumber)
    .option('--config <file>', 'other fields of the configuration as JSON, such as {"learningRate": 0.002}')
    .option('--resume', 'continue from the checkpoint of the run with the same flags')
    .option('--anew', 'discard an earlier run with the same flags and train from the start')
    .option('--tensorboard <folder>', TENSORBOARD_HELP)
    .option('--json', 'print the record as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx ferlab train                                    quick on your data, else smoke on the sample
  npx ferlab train --profile paper --seed 2           the paper's protocol with another seed
  npx ferlab train --profile paper --seed 2 --resume  continue after an interrupt

A finished run is used again. --anew trains it from the start.`,
    )
    .action(run);
}

async function run(flags: TrainFlags): Promise<void> {
  const {
    data,
    dataset: name,
    classes,
    sample,
    config: file,
    resume,
    anew,
    tensorboard,
    json,
    profile: chosen,
    ...overrides
  } = flags;
  if (resume && anew) {
    throw new FerlabError('--resume and --anew were both given', { remedy: 'give only one of them' });
  }
  const spec = name === undefined ? PAPER_DATASET : knownSpec(name);
  const profile = chosen ?? (sample || !findCopy(data, spec) ? 'smoke' : 'quick');
  const config = buildConfig(profile, { ...(file ? loadFields(file) : {}), ...overrides }, spec.side);
  const takesSample = sample || (config.profile === 'smoke' && !data);
  const dataset = await loadTrainingData(
    { path: data, spec, classes, sample: takesSample },
    `the profile ${config.profile}`,
  );
  // Before hours go into it.
  if (config.protocol === 'official' && !isSample(dataset.spec)) unusualIn(dataset).forEach(printNote);
  if (config.teacher)
    printNote(`${config.teacher.model} first predicts the training images, which takes some minutes`);
  const view = trainingView(process.stderr);
  const logs = new TrainingLogs(tensorboard);
  const folder = runFolder(config, dataset);
  const runName = basename(folder);
  try {
    const trained = await trainRun(config, {
      ...{ dataset, folder, resume, anew },
      signal: interruptSignal(),
      onProgress: (progress) => {
        view.update(progress);
        logs.follow(runName, config, progress);
      },
      onNote: printNote,
    });
    view.stop();
    await logs.finish(runName, trained);
    if (json) printJson({ folder: trained.folder, ...trained.record });
    else process.stdout.write(describe(trained));
  } finally {
    view.stop();
  }
}

function describe({ folder, record, history }: NetworkRun): string {
  const { epoch, valAccuracy } = bestEpoch(history)!;
  const accuracy = `validation accuracy ${(100 * valAccuracy).toFixed(2)} % in epoch ${epoch}`;
  return `trained ${record.config.model} on ${record.dataset.format}: ${accuracy}, ${record.trainingSeconds} s\nrun: ${folder}\n`;
}

const fieldsSchema = z.looseObject({});

/** Fields of a configuration in a file, which are checked with all others. @throws FerlabError when it holds no object */
function loadFields(file: string): Partial<RunConfig> {
  const remedy = 'give fields of the configuration, such as {"learningRate": 0.002}';
  const result = fieldsSchema.safeParse(loadJson(file, remedy));
  if (result.success) return result.data;
  throw new FerlabError(`${file}: ${problemsOf(result.error, 'configuration').join('; ')}`, { remedy });
}

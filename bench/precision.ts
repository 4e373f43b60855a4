// Whether bfloat16 ends at the accuracy of float32: npm run bench:precision -- --help

import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { trainingView } from '../src/cli/training-progress';
import { loadDataset } from '../src/dataset/load';
import { compareModels, type PairedDifference } from '../src/evaluate/paired';
import { describeEnvironment } from '../src/run/environment';
import { bestEpoch } from '../src/run/history';
import { loadRunPredictions } from '../src/run/open-run';
import { buildConfig } from '../src/run/profiles';
import type { NetworkRun } from '../src/run/run';
import { runFiles, runFolder } from '../src/run/run-folder';
import { trainRun } from '../src/train/train';
import type { PrecisionResults, PrecisionRun } from './recorded';
import { commandLine, publish, saveResults } from './results';

const PRECISIONS = ['float32', 'bfloat16'] as const;

interface Flags {
  data?: string;
  epochs: string;
  seeds: string;
  out: string;
}

const flags = new Command('bench:precision')
  .description(
    'Trains the paper CNN with the same seeds in both precisions and compares the accuracy on PublicTest.',
  )
  .option('--data <path>', 'FER-2013 in any form; else $FER2013 or data/')
  .option('--epochs <n>', 'of each training', '3')
  .option('--seeds <n>', 'trainings in each precision, with the seeds 1 to n', '2')
  .option('--out <folder>', 'where precision.json and README.md go', __dirname)
  .parse()
  .opts<Flags>();

async function main(): Promise<void> {
  const dataset = await loadDataset({ path: flags.data });
  const seeds = Array.from({ length: Number(flags.seeds) }, (_, i) => i + 1);
  const trained = new Map<string, NetworkRun>();
  for (const seed of seeds) {
    for (const precision of PRECISIONS) {
      const config = buildConfig('quick', { precision, seed, epochs: Number(flags.epochs) });
      const folder = runFolder(config, dataset);
      const view = trainingView(process.stderr);
      process.stderr.write(`seed ${seed}, ${precision}\n`);
      const resume = existsSync(runFiles(folder).config);
      trained.set(
        `${seed} ${precision}`,
        await trainRun(config, { dataset, resume, onProgress: view.update }),
      );
      view.stop();
    }
  }
  save(seeds, (seed, precision) => trained.get(`${seed} ${precision}`)!);
}

type RunOf = (seed: number, precision: PrecisionRun['precision']) => NetworkRun;

function save(seeds: readonly number[], runOf: RunOf): void {
  const { record } = runOf(seeds[0]!, 'float32');
  const results: PrecisionResults = {
    measuredAt: new Date().toISOString(),
    command: commandLine('bench:precision'),
    environment: describeEnvironment(),
    model: record.config.model,
    epochs: record.config.epochs,
    trained: record.counts.training,
    validated: record.counts.validation,
    datasetSha256: record.dataset.sha256,
    runs: seeds.flatMap((seed) =>
      PRECISIONS.map((precision) => describeRun(runOf(seed, precision), seed, precision)),
    ),
    differences: seeds.map((seed) => ({ seed, ...compareSeed(seed, runOf) })),
  };
  saveResults(flags.out, 'precision', results);
  process.stdout.write(publish(flags.out));
}

function describeRun(
  { history, record }: NetworkRun,
  seed: number,
  precision: PrecisionRun['precision'],
): PrecisionRun {
  const { valAccuracy, valLoss } = bestEpoch(history)!;
  return { seed, precision, accuracy: valAccuracy, loss: valLoss, imagesPerSecond: record.imagesPerSecond };
}

function compareSeed(seed: number, runOf: RunOf): PairedDifference {
  const predictions = (precision: PrecisionRun['precision']) =>
    loadRunPredictions(runOf(seed, precision), 'validation');
  return compareModels(predictions('float32'), predictions('bfloat16'));
}

void main();

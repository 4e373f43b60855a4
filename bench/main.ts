// Measures the project beside its peers, in one run: npm run bench -- --help

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { FigureDrawer } from '../src/report/static/draw';
import { describeEnvironment } from '../src/run/environment';
import { writeWhole } from '../src/write-whole';
import { measureAugmentation } from './augmentation';
import { allCases, type Case } from './cases';
import { measureLoading } from './loading';
import { measureMatmul, trainingBound } from './matmul';
import { type Failure, type Measurement, measureCase, withPeers } from './measure';
import { plotTraining } from './plot';
import type { BenchResults } from './recorded';
import { commandLine, loadResults, publish, saveResults, updated } from './results';

interface Flags {
  quick?: boolean;
  repeat: string;
  only?: string;
  peers?: string;
  csv?: string;
  out: string;
  update?: boolean;
  note?: string;
  memoryOnly?: boolean;
}

const flags = new Command('bench')
  .option('--quick', 'one network, one batch size')
  .option('--repeat <n>', 'rounds; medians of them are reported', '5')
  .option('--only <word>', 'cases whose name has this word, such as training')
  .option('--peers <names>', 'comma-separated names of peers')
  .option('--csv <path>', 'plain fer2013.csv whose loading is measured')
  .option('--update', 'keep the saved results of the cases that are not measured now')
  .option('--note <text>', 'circumstances of an update, such as "other work shared the machine"')
  .option('--memory-only', 'update the memory of the loading and keep its saved seconds: for a busy machine')
  .option('--out <folder>', 'where results.json, README.md and the plot go', __dirname)
  .parse()
  .opts<Flags>();

async function main(): Promise<void> {
  const repeats = Number(flags.repeat);
  const cases = allCases(flags.quick ?? false).filter(({ name }) => !flags.only || name.includes(flags.only));
  // An update keeps the bounds of the whole run.
  const bounds = flags.update ? 0 : repeats;
  const before = measureMatmul(bounds);
  const { measurements, failures } = await measureAll(cases, repeats);
  const after = measureMatmul(bounds);
  await save({
    measuredAt: new Date().toISOString(),
    command: commandLine('bench'),
    repeats,
    environment: describeEnvironment(),
    matmul: { before, after, boundImagesPerSecond: trainingBound(Math.max(before, after)) },
    augmentationImagesPerSecond: measureAugmentation(bounds),
    measurements,
    failures,
    loading: flags.csv && existsSync(flags.csv) ? measureLoading(flags.csv, repeats) : [],
  });
}

/** Measures the cases in turn; no peer is started where there are none. */
async function measureAll(cases: readonly Case[], repeats: number) {
  const measurements: Measurement[] = [];
  const failures: Failure[] = [];
  if (cases.length === 0) return { measurements, failures };
  await withPeers(flags.peers?.split(','), async (peers) => {
    for (const it of cases) {
      process.stderr.write(`${it.name}\n`);
      const found = await measureCase(it, peers, repeats);
      measurements.push(...found.measurements);
      failures.push(...found.failures);
      for (const { peer, precision, problem } of found.failures)
        process.stderr.write(`${it.name}, ${peer}, ${precision}: ${problem}\n`);
    }
  });
  return { measurements, failures };
}

async function save(found: BenchResults): Promise<void> {
  const saved = flags.update ? loadResults<BenchResults>(flags.out, 'results') : null;
  const names = allCases(false).map(({ name }) => name);
  const results = saved ? updated(saved, found, { ...flags, allCases: names }) : found;
  saveResults(flags.out, 'results', results);
  process.stdout.write(publish(flags.out));
  if (!results.measurements.some(({ case: name }) => name.startsWith('training'))) return;
  writeWhole(join(flags.out, 'training-speed.png'), await new FigureDrawer().png(plotTraining(results)));
}

void main();

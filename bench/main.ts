// Measures the project beside its peers, in one run: npm run bench -- --help

import { join } from 'node:path';
import { readCpuInfo } from '../src/engine/precision';
import { FigureDrawer } from '../src/report/static/draw';
import { describeEnvironment } from '../src/run/environment';
import { writeWhole } from '../src/write-whole';
import { measureAugmentation } from './augmentation';
import { allCases, type Case } from './cases';
import { chosenCases, parseFlags } from './flags';
import { measureLoading } from './loading';
import { measureMatmul, trainingBound } from './matmul';
import { type Failure, type Measurement, measureCase, withPeers } from './measure';
import { plotTraining } from './plot';
import { type BenchResults, INSTRUCTIONS } from './recorded';
import { commandLine, loadResults, publish, saveResults, updated } from './results';

const flags = parseFlags(process.argv, __dirname);

async function main(): Promise<void> {
  const repeats = flags.repeat;
  const cases = chosenCases(flags);
  // An update keeps the bounds of the whole run.
  const bounds = flags.update ? 0 : repeats;
  const before = measureMatmul(bounds);
  const { measurements, failures } = await measureAll(cases);
  const after = measureMatmul(bounds);
  await save({
    measuredAt: new Date().toISOString(),
    command: commandLine('bench'),
    repeats,
    environment: describeEnvironment(),
    instructions: instructionsHere(),
    matmul: { before, after, boundImagesPerSecond: trainingBound(Math.max(before, after)) },
    augmentationImagesPerSecond: measureAugmentation(bounds),
    measurements,
    failures,
    loading: flags.csv ? measureLoading(flags.csv, repeats) : [],
  });
}

function instructionsHere(): string[] {
  const words = readCpuInfo()?.split(/\s/) ?? [];
  return INSTRUCTIONS.filter((name) => words.includes(name));
}

/** Measures the cases in turn; no peer is started where there are none. */
async function measureAll(cases: readonly Case[]) {
  const measurements: Measurement[] = [];
  const failures: Failure[] = [];
  if (cases.length === 0) return { measurements, failures };
  await withPeers(flags.peers, async (peers) => {
    for (const it of cases) {
      process.stderr.write(`${it.name}\n`);
      const found = await measureCase(it, peers, flags);
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

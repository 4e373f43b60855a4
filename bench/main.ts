// Measures the project beside its peers, in one run: npm run bench -- --help
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { FigureDrawer } from '../src/report/static/draw';
import { describeEnvironment } from '../src/train/record';
import { measureAugmentation } from './augmentation';
import { allCases } from './cases';
import { type LoadMeasurement, measureLoading } from './loading';
import { measureMatmul, trainingBound } from './matmul';
import { type Failure, type Measurement, measureCase, withPeers } from './measure';
import { plotTraining } from './plot';
import { reportText } from './text';

export interface BenchResults {
  readonly measuredAt: string;
  readonly command: string;
  readonly repeats: number;
  readonly environment: ReturnType<typeof describeEnvironment>;
  /** Peak of the float32 matrix product in GFLOP/s before and after the cases, and the training speed that it allows. */
  readonly matmul: { readonly before: number; readonly after: number; readonly boundImagesPerSecond: number };
  readonly augmentationImagesPerSecond: number;
  readonly measurements: readonly Measurement[];
  /** Peers that did not finish a case; the run goes on without them. */
  readonly failures: readonly Failure[];
  readonly loading: readonly LoadMeasurement[];
}

interface Flags {
  quick?: boolean;
  repeat: string;
  only?: string;
  peers?: string;
  csv?: string;
  out: string;
}

const flags = new Command('bench')
  .option('--quick', 'one network, one batch size')
  .option('--repeat <n>', 'rounds; medians of them are reported', '5')
  .option('--only <word>', 'cases whose name has this word, such as training')
  .option('--peers <names>', 'comma-separated names of peers')
  .option('--csv <path>', 'plain fer2013.csv whose loading is measured')
  .option('--out <folder>', 'where results.json, README.md and the plot go', __dirname)
  .parse()
  .opts<Flags>();

async function main(): Promise<void> {
  const repeats = Number(flags.repeat);
  const cases = allCases(flags.quick ?? false).filter(({ name }) => !flags.only || name.includes(flags.only));
  const before = measureMatmul(repeats);
  const failures: Failure[] = [];
  const measurements = await withPeers(flags.peers?.split(','), async (peers) => {
    const all: Measurement[] = [];
    for (const it of cases) {
      process.stderr.write(`${it.name}\n`);
      const found = await measureCase(it, peers, repeats);
      all.push(...found.measurements);
      failures.push(...found.failures);
      for (const { peer, precision, problem } of found.failures)
        process.stderr.write(`${it.name}, ${peer}, ${precision}: ${problem}\n`);
    }
    return all;
  });
  const after = measureMatmul(repeats);
  const results: BenchResults = {
    measuredAt: new Date().toISOString(),
    command: `npm run bench -- ${process.argv.slice(2).join(' ')}`.trim(),
    repeats,
    environment: describeEnvironment(),
    matmul: { before, after, boundImagesPerSecond: trainingBound(Math.max(before, after)) },
    augmentationImagesPerSecond: measureAugmentation(repeats),
    measurements,
    failures,
    loading: flags.csv && existsSync(flags.csv) ? measureLoading(flags.csv, repeats) : [],
  };
  await save(results);
}

async function save(results: BenchResults): Promise<void> {
  const text = reportText(results);
  process.stdout.write(text);
  mkdirSync(flags.out, { recursive: true });
  writeFileSync(join(flags.out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(flags.out, 'README.md'), text);
  if (!results.measurements.some(({ case: name }) => name.startsWith('training'))) return;
  writeFileSync(join(flags.out, 'training-speed.png'), await new FigureDrawer().png(plotTraining(results)));
}

void main();

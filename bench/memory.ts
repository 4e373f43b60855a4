// Whether memory stays flat when the data grows tenfold: npm run bench:memory -- --help

import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Command } from 'commander';
import { FerlabError } from '../src/errors';
import { describeEnvironment } from '../src/run/environment';
import type { MemoryMeasurement, MemoryResults } from './recorded';
import { commandLine, publish, saveResults } from './results';

interface Flags {
  csv: string;
  times: string;
  steps: string;
  out: string;
}

const CHILD = join(__dirname, 'peers', 'train-memory.cjs');

/** A CSV whose rows stand in it `times` times, below one header. */
async function repeatCsv(source: string, target: string, times: number): Promise<void> {
  const file = openSync(target, 'w');
  try {
    for (let time = 0; time < times; time++) {
      let isHeader = time > 0;
      let last = '';
      for await (const bytes of openPlain(source)) {
        const start = isHeader ? bytes.indexOf('\n') + 1 : 0;
        if (isHeader && start === 0) continue;
        isHeader = false;
        for (let at = start; at < bytes.length; ) at += writeSync(file, bytes, at);
        last = bytes.toString('latin1', bytes.length - 1);
      }
      if (last !== '\n') writeSync(file, '\n');
    }
  } finally {
    closeSync(file);
  }
}

const openPlain = (path: string): AsyncIterable<Buffer> =>
  path.endsWith('.gz') ? createReadStream(path).pipe(createGunzip()) : createReadStream(path);

/** Trains in a process of its own. @throws FerlabError with the last line that it wrote when it fails */
function measure(path: string, steps: number): Omit<MemoryMeasurement, 'times' | 'load'> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CHILD, path, String(steps)], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2', FERLAB_CACHE: join(path, '..', 'cache') },
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!);
  throw new FerlabError(`training on ${path} failed: ${stderr.trim().split('\n').at(-1)}`);
}

async function measureTimes(folder: string, flags: Flags, times: number): Promise<MemoryMeasurement[]> {
  mkdirSync(folder);
  const path = join(folder, 'fer2013.csv');
  process.stderr.write(`FER-2013 ${times} time${times > 1 ? 's' : ''}\n`);
  await repeatCsv(flags.csv, path, times);
  const found = (['decoded', 'cached'] as const).map((load) => {
    const measurement = { times, load, ...measure(path, Number(flags.steps)) };
    process.stderr.write(`${JSON.stringify(measurement)}\n`);
    return measurement;
  });
  rmSync(folder, { recursive: true });
  return found;
}

async function main(flags: Flags): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'ferlab-memory-'));
  try {
    const measurements: MemoryMeasurement[] = [];
    for (const times of [1, Number(flags.times)]) {
      measurements.push(...(await measureTimes(join(scratch, String(times)), flags, times)));
    }
    const results: MemoryResults = {
      measuredAt: new Date().toISOString(),
      command: commandLine('bench:memory'),
      environment: describeEnvironment(),
      steps: Number(flags.steps),
      measurements,
    };
    saveResults(flags.out, 'memory', results);
    process.stdout.write(publish(flags.out));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const command = new Command('bench:memory')
  .description('Trains from FER-2013 and from FER-2013 repeated, each in a process of its own.')
  .requiredOption('--csv <path>', 'fer2013.csv or fer2013.csv.gz')
  .option('--times <n>', 'how often the rows are repeated', '10')
  .option('--steps <n>', 'training steps of 64 images', '60')
  .option('--out <folder>', 'where memory.json and README.md go', __dirname);

void main(command.parse().opts<Flags>());

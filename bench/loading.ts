import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianSorted } from 'simple-statistics';

/** Seconds and peak memory (10^6 bytes) of one whole process that reads the CSV into one byte array. */
export interface LoadMeasurement {
  readonly reader: string;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

const PYTHON = join(__dirname, '.venv', 'bin', 'python');

const READERS: Readonly<Record<string, (csv: string, cache: string) => readonly string[]>> = {
  'ferlab, first load': (csv) => [process.execPath, join(__dirname, 'peers', 'load.cjs'), csv],
  'ferlab, from its cache': (csv) => [process.execPath, join(__dirname, 'peers', 'load.cjs'), csv],
  'pandas and numpy': (csv) => [PYTHON, join(__dirname, 'peers', 'load.py'), 'pandas', csv],
  'polars and numpy': (csv) => [PYTHON, join(__dirname, 'peers', 'load.py'), 'polars', csv],
};

/** Times reading `csv` with every reader in turn. Each reports its own time, without the start of the process. */
export function measureLoading(csv: string, repeats: number): LoadMeasurement[] {
  const cache = mkdtempSync(join(tmpdir(), 'ferlab-bench-'));
  const found = new Map<string, { seconds: number[]; peak: number[] }>();
  try {
    for (let round = 0; round < repeats; round++) {
      for (const [reader, command] of Object.entries(READERS)) {
        if (reader === 'ferlab, first load') rmSync(cache, { recursive: true, force: true });
        const [program, ...args] = command(csv, cache) as [string, ...string[]];
        const { stdout, stderr } = spawnSync(program, args, {
          encoding: 'utf8',
          env: { ...process.env, FERLAB_CACHE: cache },
        });
        const line = stdout.trim().split('\n').at(-1) ?? '';
        if (!line.startsWith('{')) {
          process.stderr.write(`${reader}: ${stderr.trim().split('\n').at(-1)}\n`);
          continue;
        }
        const { seconds, peakMegabytes } = JSON.parse(line) as LoadMeasurement;
        const entry = found.get(reader) ?? { seconds: [], peak: [] };
        entry.seconds.push(seconds);
        entry.peak.push(peakMegabytes);
        found.set(reader, entry);
      }
    }
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
  const median = (values: number[]) => medianSorted([...values].sort((a, b) => a - b));
  return [...found].map(([reader, { seconds, peak }]) => ({
    reader,
    seconds: median(seconds),
    peakMegabytes: median(peak),
  }));
}

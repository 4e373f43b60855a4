import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { writeWhole } from '../src/write-whole';
import type { LoadMeasurement } from './loading';
import type { Measurement } from './measure';
import type {
  AllResults,
  BenchResults,
  MemoryResults,
  PrecisionResults,
  Update,
  WidthResults,
} from './recorded';
import { reportText } from './text';

/** What is saved, each by its script. */
type ResultsName = 'results' | Exclude<keyof AllResults, 'bench'>;

/** The saved results of one script, or null where it was not run. */
export function loadResults<T>(folder: string, name: ResultsName): T | null {
  const path = join(folder, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

/** The command that is running, as a reader would type it: files without the folders of this machine. */
export function commandLine(script: string): string {
  const words = process.argv
    .slice(2)
    .map((word) => (isAbsolute(word) ? basename(word) : word))
    .map((word) => (word.includes(' ') ? `"${word}"` : word));
  return `npm run ${[script, ...(words.length > 0 ? ['--', ...words] : [])].join(' ')}`;
}

export function saveResults(folder: string, name: ResultsName, value: unknown): void {
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes README.md from all saved results, and returns it; empty before the first whole run. */
export function publish(folder: string): string {
  const bench = loadResults<BenchResults>(folder, 'results');
  if (!bench) return '';
  const text = reportText({
    bench,
    memory: loadResults<MemoryResults>(folder, 'memory'),
    precision: loadResults<PrecisionResults>(folder, 'precision'),
    widths: loadResults<WidthResults>(folder, 'widths'),
  });
  writeWhole(join(folder, 'README.md'), text);
  return text;
}

/** The saved run with some cases measured again; cases that are no more are left out. */
export function updated(
  saved: BenchResults,
  later: BenchResults,
  { allCases, note, memoryOnly }: { allCases: readonly string[]; note?: string; memoryOnly?: boolean },
): BenchResults {
  const again = new Set([...later.measurements, ...later.failures].map((it) => it.case));
  const keep = (it: { readonly case: string }) => !again.has(it.case) && allCases.includes(it.case);
  const order = (a: Measurement, b: Measurement) => allCases.indexOf(a.case) - allCases.indexOf(b.case);
  const { measuredAt, command, repeats, environment } = later;
  const hasLoading = later.loading.length > 0;
  const cases = [...again, ...(hasLoading ? [memoryOnly ? 'the memory of the loading' : 'loading'] : [])];
  const loading = memoryOnly ? withSeconds(later.loading, saved.loading) : later.loading;
  const update = {
    measuredAt,
    command,
    repeats,
    commit: environment.commit,
    cases,
    ...(note ? { note } : {}),
  };
  return {
    ...saved,
    measurements: [...saved.measurements.filter(keep), ...later.measurements].sort(order),
    failures: [...saved.failures.filter(keep), ...later.failures],
    loading: hasLoading ? loading : saved.loading,
    updates: [...stillTold(saved.updates ?? [], cases), update],
  };
}

/** The later memory with the saved seconds. */
function withSeconds(
  later: readonly LoadMeasurement[],
  saved: readonly LoadMeasurement[],
): LoadMeasurement[] {
  return later.map((it) => ({
    ...it,
    seconds: saved.find(({ reader }) => reader === it.reader)?.seconds ?? it.seconds,
  }));
}

/** Earlier updates, without the cases that were measured once more. */
function stillTold(updates: readonly Update[], cases: readonly string[]): Update[] {
  return updates
    .map((update) => ({ ...update, cases: update.cases.filter((name) => !cases.includes(name)) }))
    .filter((update) => update.cases.length > 0);
}

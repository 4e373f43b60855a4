import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BaselineName } from '../../src/baseline/methods';
import { timeCommand } from '../../src/cli/time';
import { buildSample } from '../../src/dataset/sample';
import { loadResults } from '../../src/evaluate/results';
import { timeRun } from '../../src/predict/time-run';
import { publishRun } from '../../src/publish/publish';
import { plotMethods } from '../../src/report/figures/methods';
import { tableMarkdown } from '../../src/report/formats/markdown';
import type { ReportTable } from '../../src/report/table';
import { tableMethods } from '../../src/report/tables/methods';
import { openRun } from '../../src/run/open-run';
import { runFiles } from '../../src/run/run-folder';
import { loadTiming, saveTiming, type Timing } from '../../src/run/timing';
import { fitBaseline } from '../../src/train/fit-baseline';
import { temporaryFolder } from '../temporary';

const dataset = buildSample({ seed: 1 });

async function fit(t: TestContext, method: BaselineName): Promise<string> {
  const folder = temporaryFolder(t);
  await fitBaseline(method, { dataset, protocol: 'official', seed: 1, folder });
  return folder;
}

/** Publishes two baselines. @returns the folder of the models */
async function publishTwo(t: TestContext): Promise<string> {
  const models = temporaryFolder(t);
  for (const name of ['majority', 'nearest-mean'] as const)
    publishRun(await fit(t, name), { name, dataset, models });
  process.env.FERLAB_MODELS = models;
  t.after(() => delete process.env.FERLAB_MODELS);
  return models;
}

const table = (models: string) =>
  tableMethods(['majority', 'nearest-mean'].map((name) => loadResults(join(models, name))));

const timingOf = (folder: string, change: Partial<Timing> = {}): Timing => ({
  ...timeRun(openRun(folder), dataset, Uint32Array.of(0, 1, 2)),
  ...change,
});

test('the time is that of an image, of at most 256, and longer for a method that does more', async (t) => {
  const rows = Uint32Array.from({ length: 300 }, (_, i) => i);
  const [little, much] = [await fit(t, 'majority'), await fit(t, 'nearest-mean')].map((folder) =>
    openRun(folder),
  );
  const start = performance.now();
  const slow = timeRun(much!, dataset, rows);
  const all = performance.now() - start;
  assert.deepEqual([slow.images, slow.rounds], [256, 7]);
  assert.equal(slow.weightsSha256, much!.record.weightsSha256);
  assert.ok(
    slow.millisecondsPerImage * slow.images * slow.rounds <= all,
    'the fastest round is the mean at most',
  );
  assert.ok(slow.millisecondsPerImage > 10 * timeRun(little!, dataset, rows).millisecondsPerImage);
  assert.equal(timeRun(much!, dataset, rows.subarray(0, 3)).images, 3);
});

test('the table of methods tells the time with the machine, and the figure draws it, only where it was measured', async (t) => {
  const models = await publishTwo(t);
  assert.ok(!tableMarkdown(table(models) as ReportTable).includes('Milliseconds'));
  const untimed = plotMethods(table(models).rows);
  assert.ok(!('xaxis2' in untimed.layout));
  const folder = join(models, 'majority');
  const timing = timingOf(folder, { processorMillisecondsPerImage: 12.345 });
  const environment = { ...timing.environment, processor: 'Abacus', cores: 3 };
  saveTiming(folder, { ...timing, environment });
  const text = tableMarkdown(table(models) as ReportTable);
  assert.match(text, /\| Shares of the classes .*\| 12\.35 \|/);
  assert.match(text, /\| Nearest mean image .*\| – \|/);
  assert.match(text, /of 7 rounds of 3 images on 3 cores of Abacus/);
  const { data } = plotMethods(table(models).rows);
  assert.deepEqual(
    data.flatMap((trace) => ('xaxis' in trace ? (trace as unknown as { x: number[] }).x : [])),
    [12.345],
  );
});

test('a time of other weights counts for nothing, and a broken file is named', async (t) => {
  const models = await publishTwo(t);
  const folder = join(models, 'majority');
  saveTiming(folder, timingOf(folder));
  assert.ok(loadResults(folder).cost!.timing);
  saveTiming(folder, timingOf(folder, { weightsSha256: 'f'.repeat(64) }));
  assert.equal(loadResults(folder).cost!.timing, null);
  writeFileSync(runFiles(folder).timing, '{"format": "ferlab-timing-1"}');
  assert.throws(() => loadTiming(folder), /timing\.json: .*timing/);
});

test('the command writes the times into the folders and the table of all models', async (t) => {
  const models = await publishTwo(t);
  const { write } = process.stdout;
  t.after(() => {
    process.stdout.write = write;
  });
  let printed = '';
  process.stdout.write = ((text: string) => {
    printed += text;
    return true;
  }) as typeof write;
  await timeCommand().parseAsync(['majority', '--json'], { from: 'user' });
  process.stdout.write = write;
  const { timing } = JSON.parse(printed)[0];
  assert.deepEqual(loadTiming(join(models, 'majority')), timing);
  assert.equal(loadTiming(join(models, 'nearest-mean')), null);
  const overview = readFileSync(join(models, 'README.md'), 'utf8');
  assert.ok(overview.includes(`| ${timing.processorMillisecondsPerImage.toFixed(2)} |`));
});

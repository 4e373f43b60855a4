import assert from 'node:assert/strict';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { loadDataset } from '../../src/dataset/load';
import { buildSample } from '../../src/dataset/sample';
import { FER2013 } from '../../src/dataset/specs/fer2013';
import { runName } from '../../src/run/config';
import { loadRunData } from '../../src/run/open-run';
import { buildConfig } from '../../src/run/profiles';
import { describeDataset } from '../../src/run/record';
import type { Run } from '../../src/run/run';
import { finishedRunsOf, latestRun, runFiles, runFolder } from '../../src/run/run-folder';
import { csvLines, scratchFolder, writeCsv } from '../dataset/files';
import { tinyDataset } from '../train/tiny';

const CONFIG = buildConfig('smoke', {});

test("a run's folder is named for its data: the sample, the published copy, or another one", () => {
  const name = (dataset: Parameters<typeof runFolder>[1]) => basename(runFolder(CONFIG, dataset));
  const source = { path: '', format: '', sha256: 'abcdef0123456789' };
  assert.equal(name(buildSample({ seed: 0 })), `${runName(CONFIG)}-sample`);
  assert.equal(
    name({ spec: FER2013, source: { ...source, sha256: FER2013.genuine.content } }),
    `${runName(CONFIG)}-fer2013`,
  );
  assert.equal(name({ spec: FER2013, source }), `${runName(CONFIG)}-fer2013-abcdef`);
});

test('the latest run is found among those of studies too', (t) => {
  const runs = join(scratchFolder(t), 'runs');
  const before = process.env.FERLAB_RUNS;
  process.env.FERLAB_RUNS = runs;
  t.after(() => {
    if (before === undefined) delete process.env.FERLAB_RUNS;
    else process.env.FERLAB_RUNS = before;
  });
  const finish = (folder: string, seconds: number) => {
    mkdirSync(folder, { recursive: true });
    for (const path of [runFiles(folder).config, runFiles(folder).record]) writeFileSync(path, '{}');
    utimesSync(runFiles(folder).record, seconds, seconds);
  };
  assert.throws(() => latestRun(), /no finished run/);
  const own = runFolder(CONFIG, tinyDataset());
  finish(own, 1000);
  assert.equal(latestRun(), own);
  finish(join(runs, 'a-study', 'second'), 2000);
  writeFileSync(join(runs, 'notes.txt'), 'no folder');
  assert.equal(latestRun(), join(runs, 'a-study', 'second'));
  assert.deepEqual(finishedRunsOf(CONFIG), [own]);
});

test('the order of the classes that was stated at training is used again for its data', async (t) => {
  const path = writeCsv(scratchFolder(t), csvLines());
  const options = { path, onNote: () => undefined };
  const dataset = await loadDataset({ ...options, classes: 'alphabetical' });
  const record = { dataset: describeDataset(dataset) } as Run['record'];
  const again = await loadRunData({ record }, path);
  assert.deepEqual(again.labels, dataset.labels);
  assert.notDeepEqual((await loadDataset(options)).labels, dataset.labels);
});

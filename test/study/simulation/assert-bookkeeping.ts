import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { runsFolder } from '../../../src/run/run-folder';
import type { Study } from '../../../src/study/definition';
import { only } from '../../../src/study/plan';
import { loadStudyResults } from '../../../src/study/results';
import { runStudy } from '../../../src/study/run';
import { tinyDataset } from '../../train/tiny';
import { FAILURES } from './cluster';
import type { SimulatedProcess } from './node';
import type { RunStory, Simulation } from './simulate';

/** Steps that a process which stood still may compute before it looks whether its folder is still its own. */
const LATE_STEPS = 7;
const FILES = ['weights.bin', 'history.json', 'predictions-validation.csv', 'config.json'];

/** Every run of the plan is trained once, by one process at a time, to the bits of a training that nothing disturbs. */
export async function assertBookkeeping(
  t: TestContext,
  study: Study,
  { cluster, stories, hours }: Simulation,
): Promise<void> {
  assert.deepEqual(cluster.unexpected, []);
  for (const [name, story] of stories) {
    assert.equal(story.written.filter(({ file }) => file === 'record.json').length, 1, `${name}: records`);
    assertOneAtATime(name, story, cluster.frozen);
  }
  const results = loadStudyResults(study)!;
  assert.deepEqual(
    results.variants.map(({ name }) => name),
    study.variants.map(({ name }) => name),
  );
  assert.deepEqual([...cluster.failures.keys()].sort(), [...FAILURES].sort(), 'every failure came about');
  assert.deepEqual(
    [...cluster.statuses.keys()].sort(),
    [0, 5, 75],
    'each exit status came about, and no other',
  );
  await assertUndisturbed(study, stories);
  const list = (counts: ReadonlyMap<unknown, number>) =>
    [...counts].map(([key, number]) => `${key}: ${number}`).join(', ');
  t.diagnostic(
    `${hours.toFixed(1)} hours; ${list(cluster.failures)}; exit statuses ${list(cluster.statuses)}`,
  );
}

/** Processes follow each other. One that stood still while another took over computes a few steps more and writes nothing. */
function assertOneAtATime(name: string, { written, steps }: RunStory, frozen: ReadonlySet<SimulatedProcess>) {
  assert.deepEqual(comebacks(written.map(({ process }) => process)), new Map(), `${name}: writers`);
  for (const [process, late] of comebacks(steps)) {
    assert.ok(frozen.has(process), `${name}: two processes train it at once`);
    assert.ok(late <= LATE_STEPS, `${name}: ${late} steps beside another process`);
  }
}

/** How often a process comes in a list after another one has followed it. */
function comebacks(processes: readonly SimulatedProcess[]): Map<SimulatedProcess, number> {
  const [followed, counts] = [new Set<SimulatedProcess>(), new Map<SimulatedProcess, number>()];
  for (const [i, process] of processes.entries()) {
    if (followed.has(process)) counts.set(process, (counts.get(process) ?? 0) + 1);
    else if (i > 0 && processes[i - 1] !== process) followed.add(processes[i - 1]!);
  }
  return counts;
}

/** The runs on which most processes worked have the bits of a training without failures. */
async function assertUndisturbed(study: Study, stories: Simulation['stories']): Promise<void> {
  const workers = (name: string) => new Set(stories.get(name)!.steps).size;
  const names = [...stories.keys()].sort((a, b) => workers(b) - workers(a)).slice(0, 20);
  assert.ok(workers(names.at(-1)!) > 1);
  const contentOf = (name: string, file: string) => readFileSync(join(runsFolder(), study.name, name, file));
  const disturbed = names.map((name) => FILES.map((file) => contentOf(name, file)));
  process.env.FERLAB_RUNS = join(runsFolder(), 'undisturbed');
  await runStudy(only(study, names), { dataset: tinyDataset() });
  for (const [i, name] of names.entries())
    for (const [k, file] of FILES.entries())
      assert.deepEqual(contentOf(name, file), disturbed[i]![k], `${name}/${file}`);
}

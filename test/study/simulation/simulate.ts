import { basename, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { FerlabError } from '../../../src/errors';
import { randomStream } from '../../../src/random';
import { runsFolder } from '../../../src/run/run-folder';
import type { Study } from '../../../src/study/definition';
import { only, planOf } from '../../../src/study/plan';
import { runStudy } from '../../../src/study/run';
import { tinyDataset } from '../../train/tiny';
import { Cluster } from './cluster';
import { mockNetworks } from './network';
import type { SimulatedProcess } from './node';
import { mockSystem } from './system';
import { VirtualTime } from './virtual-time';

/** A step takes 10 to 20 seconds, so that a checkpoint is due every few steps. */
const STEP_MS = 10_000;
/** Of a run: two epochs of seven. */
const STEPS = 14;
const DAY = 24 * 60 * 60_000;

/** What the processes of a run did, in order. */
export interface RunStory {
  /** Who put a file in place, and which. */
  readonly written: { readonly process: SimulatedProcess; readonly file: string }[];
  /** Who computed a step. */
  readonly steps: SimulatedProcess[];
}

export interface SimulationOptions {
  readonly nodes: number;
  readonly seed: number;
  /** Share of the jobs that something befalls. */
  readonly failing: number;
  /** Share of the time for which the shared disk is full. */
  readonly full: number;
}

export interface Simulation {
  readonly cluster: Cluster;
  /** By the name of the run. */
  readonly stories: ReadonlyMap<string, RunStory>;
  readonly hours: number;
}

/** Trains a study on a simulated cluster: the code is that of `ferlab study FILE --only NUMBER`, and the files are real. */
export async function simulate(
  t: TestContext,
  study: Study,
  { nodes, seed, failing, full }: SimulationOptions,
): Promise<Simulation> {
  const [time, random] = [new VirtualTime(), randomStream(seed, 'cluster')];
  const plan = planOf(study);
  const stories = new Map(plan.map(({ name }) => [name, { written: [], steps: [] } as RunStory]));
  const cluster = new Cluster({
    ...{ time, random, nodes, failing, duration: STEPS * 1.5 * STEP_MS },
    job: trainNumber(study),
  });
  const folder = join(runsFolder(), study.name);
  const restore = mockSystem({
    turn: () => STEP_MS * (1 + random.uniform()),
    isDiskFull: () => time.now % (20 * 60_000) < full * 20 * 60_000,
    onWritten: (path, process) => {
      if (dirname(dirname(path)) === folder && !basename(path).startsWith('lock'))
        stories.get(basename(dirname(path)))!.written.push({ process, file: basename(path) });
    },
  });
  mockNetworks(t, (process) => stories.get(plan[cluster.runOf.get(process)!]!.name)!.steps.push(process));
  try {
    for (const { number } of plan) cluster.submit(number);
    await time.run(3 * DAY);
  } finally {
    restore();
  }
  return { cluster, stories, hours: time.now / 3_600_000 };
}

function trainNumber(study: Study) {
  const dataset = tinyDataset();
  return async (number: number, signal: AbortSignal): Promise<number> => {
    try {
      await runStudy(only(study, [String(number)]), { dataset, signal });
      return 0;
    } catch (error) {
      if (error instanceof FerlabError) return error.exitStatus;
      throw error;
    }
  };
}

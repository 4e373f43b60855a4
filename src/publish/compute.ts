import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Results } from '../evaluate/results';
import { loadJson } from '../run/json-file';

/** Trainings with their time together. */
interface Compute {
  readonly runs: number;
  readonly hours: number;
  readonly coreHours: number;
}

const machine = z.looseObject({ cores: z.int().min(1) });
const study = z.looseObject({
  title: z.string(),
  variants: z.array(
    z.looseObject({
      minutes: z.number(),
      machine: machine.optional(),
      machines: z.array(machine).optional(),
    }),
  ),
});

/**
 * What all published trainings took, in words: those of the models, which are the teachers too, and those of the studies
 * whose results lie in `studies/` beside the folder of the models.
 */
export function computeSentence(models: readonly Results[], folder: string): string {
  const published = computeOf(models.flatMap(costOfModel));
  const studies = studiesBeside(folder).map(({ title, variants }) => ({
    title,
    compute: computeOf(variants.map(costOfVariant)),
  }));
  const all = [published, ...studies.map(({ compute }) => compute)];
  const total = (pick: (compute: Compute) => number) => all.reduce((sum, one) => sum + pick(one), 0);
  const parts = [
    `${published.hours.toFixed(1)} for the ${published.runs} published networks, teachers among them`,
    ...studies.map(
      ({ title, compute }) =>
        `${compute.hours.toFixed(1)} for the ${compute.runs} runs of the study "${title}"`,
    ),
  ];
  return `Training took ${total(({ hours }) => hours).toFixed(1)} hours of wall time (${total(({ coreHours }) => coreHours).toFixed(0)} core hours): ${parts.join(', ')}. Trials, notebooks and benchmarks are not counted.`;
}

/** Hours of one training, and the cores that it had. */
interface Cost {
  readonly hours: number;
  readonly cores: number;
}

function computeOf(costs: readonly Cost[]): Compute {
  const sum = (pick: (cost: Cost) => number) => costs.reduce((total, cost) => total + pick(cost), 0);
  return {
    runs: costs.length,
    hours: sum(({ hours }) => hours),
    coreHours: sum(({ hours, cores }) => hours * cores),
  };
}

/** An ensemble took what its members took. */
function costOfModel({ training, classifier }: Results): Cost[] {
  if (!training) return [];
  const cores = Math.max(...training.record.environments.map((environment) => environment.cores));
  return [{ hours: classifier.seconds / 3600, cores }];
}

function costOfVariant({ minutes, machine, machines = [] }: z.infer<typeof study>['variants'][number]): Cost {
  const cores = Math.max(1, ...[machine, ...machines].map((one) => one?.cores ?? 1));
  return { hours: minutes / 60, cores };
}

function studiesBeside(models: string): z.infer<typeof study>[] {
  const folder = join(dirname(models), 'studies');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.results.json'));
  return files.sort().map((name) => study.parse(loadJson(join(folder, name), 'restore the file from git')));
}

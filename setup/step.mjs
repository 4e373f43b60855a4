import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, readJson, writeJson } from './files.mjs';

/** Raise it when a step must be done again although its inputs are the same. */
const FORMAT = 1;

/**
 * A step of the set-up is `{ name, inputs, isDone, run, needs }`:
 * - `inputs(project)`: texts on which the result depends;
 * - `run(project)`: does the step, whatever it finds half-made, and returns what `isDone` wants to remember (JSON);
 * - `isDone(project, remembered)`: looks at the result itself, quickly;
 * - `needs`: what the machine must have for it, of `python` and `compiler`.
 * The stamp that holds the inputs' hash is removed before the step begins and written when it has ended, so that a step
 * that was cut off at any moment is done again.
 */
export function isUpToDate(step, project) {
  const stamp = readJson(stampPath(step, project));
  return stamp?.key === keyOf(step, project) && step.isDone(project, stamp.remembered);
}

/** Does the step unless it is done. @returns {{ name: string, status: 'kept' | 'done', seconds: number }} */
export async function runStep(step, project) {
  if (isUpToDate(step, project)) return { name: step.name, status: 'kept', seconds: 0 };
  const started = performance.now();
  rmSync(stampPath(step, project), { force: true });
  const remembered = (await step.run(project)) ?? null;
  // The inputs are read again: a step may complete them (npm, for one, rewrites a lock file of an older form).
  writeJson(stampPath(step, project), { key: keyOf(step, project), remembered });
  return { name: step.name, status: 'done', seconds: (performance.now() - started) / 1000 };
}

const keyOf = (step, project) => hashOf([FORMAT, step.name, ...step.inputs(project)]);

const stampPath = (step, project) => join(project.cache, 'stamps', `${step.name.replaceAll(' ', '-')}.json`);

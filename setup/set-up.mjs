import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { chooseDevice } from './device.mjs';
import { SetupError } from './errors.mjs';
import { takeLock } from './lock.mjs';
import { checkMachine, checkNode } from './machine.mjs';
import { describeProject } from './project.mjs';
import { Shell } from './shell.mjs';
import { isUpToDate, runStep } from './step.mjs';
import { addon } from './steps/addon.mjs';
import { compile } from './steps/compile.mjs';
import { detectors } from './steps/detectors.mjs';
import { helperLink } from './steps/helper-link.mjs';
import { kernelspec } from './steps/kernelspec.mjs';
import { labSettings } from './steps/lab-settings.mjs';
import { nbconvertTemplate } from './steps/nbconvert-template.mjs';
import { nodePackages } from './steps/node-packages.mjs';
import { pythonEnvironment } from './steps/python-environment.mjs';
import { pythonPackages } from './steps/python-packages.mjs';

/** Chains of steps: those in one list wait for each other, the lists of one stage run side by side. */
const STAGES = [
  [
    [nodePackages, helperLink, compile],
    [pythonEnvironment, pythonPackages, detectors, kernelspec, labSettings, nbconvertTemplate],
  ],
  [[addon]],
];

/**
 * Does whatever of the set-up is not done yet. One call works at a time; others wait for it.
 * @param stages chains of steps as {@link STAGES}; `extraSteps` follow, one after the other
 * @param say prints a line
 * @returns the steps in order, each with its status (`kept` or `done`) and seconds
 * @throws SetupError
 */
export async function setUp({
  project = describeProject(),
  stages = STAGES,
  extraSteps = [],
  say = printLine,
} = {}) {
  checkNode();
  const started = performance.now();
  mkdirSync(project.cache, { recursive: true });
  const release = await takeLock(join(project.cache, 'lock'), (pid) =>
    say(`waiting for another set-up (process ${pid})`),
  );
  const shell = new Shell({ log: project.log, groups: join(project.cache, 'running.json') });
  const stop = () => endNow(shell, release);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    shell.endLeftovers();
    const reports = await runStages(
      [...stages, ...extraSteps.map((step) => [[step]])],
      { ...project, device: chooseDevice(project.environment), shell },
      say,
    );
    const done = reports.filter((report) => report.status === 'done').length;
    const seconds = (performance.now() - started) / 1000;
    say(done === 0 ? `set up (checked in ${seconds.toFixed(1)} s)` : `set up in ${seconds.toFixed(1)} s`);
    return reports;
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    release();
  }
}

async function runStages(stages, project, say) {
  checkNeeds(stages.flat(2), project);
  const reports = [];
  for (const chains of stages) {
    // A chain that fails does not stop the others: what they do need not be done again.
    const ends = await Promise.allSettled(chains.map((chain) => runChain(chain, project, { say, reports })));
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure) throw failure.reason;
  }
  return reports;
}

/** Tells everything that the machine lacks at once, before the first step. */
function checkNeeds(steps, project) {
  const due = steps.filter((step) => step.needs.length > 0 && !isSafelyUpToDate(step, project));
  if (due.length === 0) return;
  rmSync(project.log, { force: true });
  checkMachine(new Set(due.flatMap((step) => step.needs)), project.environment);
}

/** Before the first set-up some inputs can't be read yet. */
function isSafelyUpToDate(step, project) {
  try {
    return isUpToDate(step, project);
  } catch {
    return false;
  }
}

async function runChain(chain, project, { say, reports }) {
  for (const step of chain) {
    const report = await runStep(step, project);
    if (report.status === 'done') say(`  ${step.name.padEnd(20)} ${report.seconds.toFixed(1).padStart(6)} s`);
    reports.push(report);
  }
}

function endNow(shell, release) {
  shell.stop();
  release();
  process.exit(130);
}

const printLine = (line) => process.stdout.write(`${line}\n`);

/** Sets up for a command line: a failure is told in lines, and ends the process with status 1. */
export async function setUpOrExit(options) {
  const { root, log } = describeProject();
  try {
    return await setUp(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    for (const remedy of error.remedies) process.stderr.write(`  remedy: ${remedy}\n`);
    if (existsSync(log)) process.stderr.write(`  details: ${relative(root, log)}\n`);
    process.exit(1);
  }
}

import { resolve } from 'node:path';
import { Command } from 'commander';
import { describeOutcome, loadOutcome, type NotebookOutcome } from '../notebook/outcome';
import { refreshNotebooks } from '../notebook/refresh';
import { NOTEBOOKS, type NotebookRun, runNotebooks } from '../notebook/run-notebooks';
import { defaultProfile } from '../notebook/session';
import { projectRoot } from '../paths';
import { interruptSignal } from './interrupt';
import { NotebookProgress } from './notebook-progress';
import { DATA_HELP, printJson, wholeNumber } from './options';

interface Flags {
  profile?: string;
  seed: number;
  data?: string;
  notebook?: string[];
  out?: string;
  timeout?: number;
  anew?: boolean;
  inPlace?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  ferlab run-notebooks                               all notebooks: quick if the data is found, else smoke
  ferlab run-notebooks --profile paper --seed 2      the full run with another seed
  ferlab run-notebooks --data FILE                   on this copy of the data
  ferlab run-notebooks --notebook 04                 only tables and figures, from the saved run
  ferlab run-notebooks --in-place                    also store the outputs in notebooks/, without pictures of people`;

export function runNotebooksCommand(): Command {
  return new Command('run-notebooks')
    .description(
      'Executes the notebooks in the Jupyter kernel and writes the executed copies to runs/notebooks-<profile>-seed<N>/.',
    )
    .option('--profile <name>', 'smoke (built-in sample, minutes), quick (your data) or paper (the full run)')
    .option('--seed <n>', 'seed of all random numbers', wholeNumber, 1)
    .option('--data <path>', DATA_HELP)
    .option('--notebook <name>', 'execute only this notebook, by number or name; may be repeated', collect)
    .option('--out <folder>', 'folder for the executed notebooks')
    .option('--timeout <seconds>', 'time limit for one cell', wholeNumber)
    .option('--anew', 'train again, even if a run with the same flags is finished')
    .option('--in-place', 'store the outputs in notebooks/ too')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const profile = flags.profile ?? defaultProfile(flags.data ?? '');
  const data = flags.data === undefined ? undefined : resolve(flags.data);
  const outputFolder = resolve(flags.out ?? `${projectRoot()}/runs/notebooks-${profile}-seed${flags.seed}`);
  const progress = new NotebookProgress(process.stderr);
  try {
    const runs = await runNotebooks({
      parameters: { profile, seed: flags.seed, data, anew: flags.anew },
      outputFolder,
      only: flags.notebook,
      cellTimeoutSeconds: flags.timeout,
      signal: interruptSignal(),
      onNotebook: (position) => progress.notebook(position),
      onEvent: (event) => progress.event(event),
    });
    progress.end();
    if (flags.inPlace)
      refreshNotebooks(outputFolder, flags.notebook ? runs.map((run) => run.name) : NOTEBOOKS);
    // Only notebook 4 makes tables and figures.
    const outcome = runs.some(({ name }) => name.startsWith('04-'))
      ? loadOutcome({ profile, seed: flags.seed, data: data ?? '' })
      : undefined;
    if (flags.json) printJson({ profile, seed: flags.seed, outputFolder, notebooks: runs, outcome });
    else process.stdout.write(summary(runs) + lastWords(outcome, outputFolder));
  } finally {
    progress.end();
  }
}

function summary(runs: readonly NotebookRun[]): string {
  return runs.map((run) => `${run.status}  ${run.seconds.toFixed(0).padStart(5)} s  ${run.path}\n`).join('');
}

const lastWords = (outcome: NotebookOutcome | undefined, folder: string) =>
  outcome ? describeOutcome(outcome, folder) : '';

const collect = (name: string, names: string[] = []) => [...names, name];

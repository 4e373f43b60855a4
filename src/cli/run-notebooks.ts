import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { refreshNotebooks } from '../notebook/refresh';
import { MAIN_PATH, type NotebookRun, runNotebooks } from '../notebook/run-notebooks';
import { defaultProfile } from '../notebook/session';
import { projectRoot } from '../paths';
import { NotebookProgress } from './notebook-progress';

interface Flags {
  profile?: string;
  seed: number;
  data?: string;
  notebook?: string[];
  out?: string;
  timeout?: number;
  inPlace?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  ferlab run-notebooks                               all notebooks: quick if FER-2013 is found, else smoke
  ferlab run-notebooks --profile paper --seed 2      the full run, with another seed
  ferlab run-notebooks --data fer2013.csv.gz         on this copy of FER-2013
  ferlab run-notebooks --notebook 04                 only the tables and figures, from the saved run
  ferlab run-notebooks --in-place                    also puts the outputs into notebooks/, without pictures of people`;

export function runNotebooksCommand(): Command {
  return new Command('run-notebooks')
    .description(
      'Executes the notebooks through the real kernel; the executed copies go to runs/notebooks-<profile>-seed<N>/.',
    )
    .option('--profile <name>', 'smoke (built-in sample, minutes), quick (your data) or paper (the full run)')
    .option('--seed <n>', 'seed of everything random', integer, 1)
    .option('--data <path>', 'FER-2013 in any form; else $FER2013 or data/')
    .option('--notebook <name>', 'only this one, by number or name; repeat for more', collect)
    .option('--out <folder>', 'folder for the executed notebooks')
    .option('--timeout <seconds>', 'limit for one cell', integer)
    .option('--in-place', 'refresh the committed notebooks from this run')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const profile = flags.profile ?? defaultProfile(flags.data ?? '');
  const data = flags.data === undefined ? undefined : resolve(flags.data);
  const outputFolder = resolve(flags.out ?? `${projectRoot()}/runs/notebooks-${profile}-seed${flags.seed}`);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = new NotebookProgress(process.stderr);
  try {
    const runs = await runNotebooks({
      parameters: { profile, seed: flags.seed, data },
      outputFolder,
      only: flags.notebook,
      cellTimeoutSeconds: flags.timeout,
      signal: stop.signal,
      onNotebook: (position) => progress.notebook(position),
      onEvent: (event) => progress.event(event),
    });
    progress.end();
    if (flags.inPlace)
      refreshNotebooks(outputFolder, flags.notebook ? runs.map((run) => run.name) : MAIN_PATH);
    process.stdout.write(
      flags.json
        ? `${JSON.stringify({ profile, seed: flags.seed, outputFolder, notebooks: runs })}\n`
        : summary(runs),
    );
  } finally {
    progress.end();
    process.removeListener('SIGINT', interrupt).removeListener('SIGTERM', interrupt);
  }
}

function summary(runs: readonly NotebookRun[]): string {
  return runs.map((run) => `${run.status}  ${run.seconds.toFixed(0).padStart(5)} s  ${run.path}\n`).join('');
}

function integer(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError('give a whole number');
  return Number(text);
}

const collect = (name: string, names: string[] = []) => [...names, name];

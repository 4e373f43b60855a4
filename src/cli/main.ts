#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, FerlabError } from '../errors';
import { fixPathVariables } from '../paths';

interface CommandEntry {
  name: string;
  summary: string;
  /** Loads the command's module only when it is asked for, so that `--help` stays quick. */
  load(): Promise<Command>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'doctor',
    summary: 'check that everything the project needs is there and works',
    load: async () => (await import('./doctor.js')).doctorCommand(),
  },
  {
    name: 'data',
    summary: 'fetch FER-2013, describe a copy of it, or make the built-in sample',
    load: async () => (await import('./data.js')).dataCommand(),
  },
  {
    name: 'train',
    summary: 'train a network, or go on with a run that was stopped',
    load: async () => (await import('./train.js')).trainCommand(),
  },
  {
    name: 'study',
    summary: 'train several runs and compare them on the validation part',
    load: async () => (await import('./study.js')).studyCommand(),
  },
  {
    name: 'evaluate',
    summary: 'evaluate a trained run on its validation part, or once on its test part',
    load: async () => (await import('./evaluate.js')).evaluateCommand(),
  },
  {
    name: 'views',
    summary: 'find out what averaging over views of each image is worth, on the validation part',
    load: async () => (await import('./views.js')).viewsCommand(),
  },
  {
    name: 'publish',
    summary: 'round the weights of a run, evaluate them once, and leave a model with its card',
    load: async () => (await import('./publish.js')).publishCommand(),
  },
  {
    name: 'verify',
    summary: 'find out whether every published number comes out on your FER-2013',
    load: async () => (await import('./verify.js')).verifyCommand(),
  },
  {
    name: 'export',
    summary: 'write a model as tfjs LayersModel, TensorFlow SavedModel or ONNX',
    load: async () => (await import('./export.js')).exportCommand(),
  },
  {
    name: 'report',
    summary: "make the paper's tables and figures from a saved run",
    load: async () => (await import('./report.js')).reportCommand(),
  },
  {
    name: 'run-notebooks',
    summary: 'execute the notebooks from the shell',
    load: async () => (await import('./run-notebooks.js')).runNotebooksCommand(),
  },
  {
    name: 'predict',
    summary: 'recognise the emotion in pictures of faces',
    load: async () => (await import('./predict.js')).predictCommand(),
  },
  {
    name: 'audit',
    summary: 'decide by exact arithmetic whether printed results can all be true',
    load: async () => (await import('./audit.js')).auditCommand(),
  },
];

/** The program with the one command that `name` asks for loaded, and the others as names for `--help`. */
async function buildProgram(name: string | undefined): Promise<Command> {
  const program = new Command('ferlab')
    .description('The executable paper: emotions in faces, from FER-2013 to Tables I-IV and Figures 2-5.')
    .version(require('../../package.json').version)
    .showHelpAfterError('(ferlab --help lists the commands)')
    .exitOverride();
  for (const entry of COMMANDS) {
    const command = entry.name === name ? await entry.load() : new Command(entry.name);
    program.addCommand(command.summary(entry.summary).exitOverride());
  }
  return program;
}

/** Prints an error for the person at the keyboard and returns the exit status. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.badInput;
  if (error instanceof FerlabError) {
    process.stderr.write(`error: ${error.toString()}\n`);
    return error.exitStatus;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`error: unexpected failure\n${detail}\n`);
  return EXIT.failure;
}

async function main(argv: readonly string[]): Promise<number> {
  // TensorFlow's notes on its start are no message of ours. Two lines are printed all the same: see ARCHITECTURE.md.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  fixPathVariables();
  try {
    const program = await buildProgram(argv.slice(2).find((word) => !word.startsWith('-')));
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explain(error);
  }
}

// A reader that closes the pipe (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

// Leave only when everything printed has reached the pipe; open handles of native libraries must not hold the shell.
void main(process.argv).then((status) => process.stdout.write('', () => process.exit(status)));

import { Command } from 'commander';
import { PAPER_DATASET } from '../dataset/specs';

interface CommandEntry {
  name: string;
  summary: string;
  /** Loads the command's module only when it is asked for, so that `--help` stays quick. */
  load(): Promise<Command>;
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'doctor',
    summary: 'check that everything the project needs is installed and works',
    load: async () => (await import('./doctor.js')).doctorCommand(),
  },
  {
    name: 'gpu-check',
    summary: 'compare training on the GPU with training on the CPU',
    load: async () => (await import('./gpu-check.js')).gpuCheckCommand(),
  },
  {
    name: 'data',
    summary: `fetch ${PAPER_DATASET.title}, describe a copy of it, or make the built-in sample`,
    load: async () => (await import('./data.js')).dataCommand(),
  },
  {
    name: 'train',
    summary: 'train a network, or continue a stopped run',
    load: async () => (await import('./train.js')).trainCommand(),
  },
  {
    name: 'baseline',
    summary: 'fit a baseline classifier to compare networks with',
    load: async () => (await import('./baseline.js')).baselineCommand(),
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
    summary: 'measure the effect of test-time views on the validation part',
    load: async () => (await import('./views.js')).viewsCommand(),
  },
  {
    name: 'robustness',
    summary: 'measure accuracy on images that are turned, darkened, blurred, covered',
    load: async () => (await import('./robustness.js')).robustnessCommand(),
  },
  {
    name: 'slices',
    summary: 'count accuracy by brightness, sharpness, agreement of raters, copies',
    load: async () => (await import('./slices.js')).slicesCommand(),
  },
  {
    name: 'cross',
    summary: 'measure models on another data set than that of their training',
    load: async () => (await import('./cross.js')).crossCommand(),
  },
  {
    name: 'time',
    summary: 'measure how long models take for an image on this machine',
    load: async () => (await import('./time.js')).timeCommand(),
  },
  {
    name: 'publish',
    summary: 'round the weights of a run, evaluate them once, and publish a model with its card',
    load: async () => (await import('./publish.js')).publishCommand(),
  },
  {
    name: 'verify',
    summary: `reproduce the published numbers on your copy of ${PAPER_DATASET.title}`,
    load: async () => (await import('./verify.js')).verifyCommand(),
  },
  {
    name: 'export',
    summary: 'write a model as tfjs LayersModel, TensorFlow SavedModel or ONNX',
    load: async () => (await import('./export.js')).exportCommand(),
  },
  {
    name: 'mlflow',
    summary: 'log trained networks to an MLflow tracking server',
    load: async () => (await import('./mlflow.js')).mlflowCommand(),
  },
  {
    name: 'report',
    summary: "make the paper's tables and figures from a saved run",
    load: async () => (await import('./report.js')).reportCommand(),
  },
  {
    name: 'site',
    summary: 'build static pages that show every figure, table and prediction',
    load: async () => (await import('./site.js')).siteCommand(),
  },
  {
    name: 'archive',
    summary: 'make a bundle for a DOI: an RO-Crate of everything but the data',
    load: async () => (await import('./archive.js')).archiveCommand(),
  },
  {
    name: 'run-notebooks',
    summary: 'execute the notebooks from the command line',
    load: async () => (await import('./run-notebooks.js')).runNotebooksCommand(),
  },
  {
    name: 'lab',
    summary: 'build the labs for a class, and check a lab before it is handed in',
    load: async () => (await import('./lab.js')).labCommand(),
  },
  {
    name: 'predict',
    summary: 'find the faces in pictures and recognise their emotions',
    load: async () => (await import('./predict/predict.js')).predictCommand(),
  },
  {
    name: 'demo',
    summary: 'serve a page on this machine that recognises emotions in the browser',
    load: async () => (await import('./demo.js')).demoCommand(),
  },
  {
    name: 'audit',
    summary: 'decide by exact arithmetic whether printed results can all be true',
    load: async () => (await import('./audit.js')).auditCommand(),
  },
  {
    name: 'leak-lab',
    summary: 'measure what mistakes of protocol add to an accuracy',
    load: async () => (await import('./leak-lab.js')).leakLabCommand(),
  },
  {
    name: 'check-protocol',
    summary: 'look for leaks between training and test part: copies, people, order of operations',
    load: async () => (await import('./check-protocol.js')).checkProtocolCommand(),
  },
];

/**
 * The program, with the command that the words ask for loaded and the others as names for `--help`. Whatever commander has
 * to say, about subcommands too, it throws after it has printed it.
 */
export async function buildProgram(words: readonly string[]): Promise<Command> {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  const name = first === 'help' ? second : first;
  const program = new Command('ferlab')
    .description(
      `The executable paper: emotions in faces, from ${PAPER_DATASET.title} to Tables I-IV and Figures 2-5.`,
    )
    .version(require('../../package.json').version)
    .showHelpAfterError('(ferlab --help lists the commands)');
  for (const entry of COMMANDS) {
    const command = entry.name === name ? await entry.load() : new Command(entry.name);
    program.addCommand(command.summary(entry.summary));
  }
  throwInsteadOfExit(program);
  return program;
}

function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const subcommand of command.commands) throwInsteadOfExit(subcommand as Command);
}

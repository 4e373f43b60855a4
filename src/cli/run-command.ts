import { fixPathVariables } from '../paths';
import { explain } from './explain';
import { buildProgram } from './program';

/** Runs the command line and returns the exit status. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  // TensorFlow's notes on its start are no message of ours. Two lines are printed all the same: see ARCHITECTURE.md.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  fixPathVariables();
  printWarningsPlainly();
  try {
    const program = await buildProgram(argv.slice(2));
    await program.parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return explain(error);
  }
}

/** Node follows the first warning with a hint for whoever wrote the program; whoever runs it has no use for that. */
function printWarningsPlainly(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    process.stderr.write(name === 'FerlabNote' ? `note: ${message}\n` : `warning: ${message}\n`);
  });
}

import { dataVariables } from '../dataset/specs';
import { quietTensorFlow } from '../engine/quiet-log';
import { fixPathVariables } from '../paths';
import { explain } from './explain';
import { buildProgram } from './program';

/** Runs the command line and returns the exit status. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  quietTensorFlow();
  fixPathVariables(dataVariables());
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

// Runs the command line several times in one process, with a note of ours after each: stdin holds the lists of words as
// JSON, stdout gets what came out.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { runCommand } from '../../src/cli/run-command';

/** Status and output of one call, and what of TensorFlow is loaded after it. */
export interface Outcome {
  readonly words: readonly string[];
  readonly status: number;
  readonly text: string;
  readonly loaded: readonly string[];
}

const isTensorFlow = (path: string) => /node_modules\/(@tensorflow|danfojs)/.test(path);

async function main(): Promise<void> {
  const outcomes: Outcome[] = [];
  const { write } = process.stdout;
  for (const words of JSON.parse(readFileSync(0, 'utf8')) as string[][]) {
    let text = '';
    process.stdout.write = process.stderr.write = (more: unknown) => {
      text += String(more);
      return true;
    };
    const status = await runCommand(['node', 'ferlab', ...words]);
    process.emitWarning(words.join(' '), 'FerlabNote');
    await setImmediate();
    outcomes.push({ words, status, text, loaded: Object.keys(require.cache).filter(isTensorFlow) });
  }
  process.stdout.write = write;
  process.stdout.write(JSON.stringify(outcomes), () => process.exit(0));
}

void main();

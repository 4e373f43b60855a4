// The body of test/run.mjs, in a process whose children load TypeScript.
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import { spec as Spec } from 'node:test/reporters';
import { selectTests } from './select.mjs';
import { runStages, Tally } from './stages.mjs';

/** More files at a time would want more memory than small machines have. */
const MOST_AT_A_TIME = 4;

process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
const [selection, part] = process.argv.slice(2);
const { sideBySide, alone } = selectTests(process.cwd(), selection, part);
const tally = new Tally();
const stages = [
  { files: sideBySide, concurrency: Math.min(availableParallelism(), MOST_AT_A_TIME) },
  { files: alone, concurrency: 1 },
];
Readable.from(runStages(stages, tally)).compose(new Spec()).pipe(process.stdout);
process.on('beforeExit', () => {
  process.exitCode = tally.failed ? 1 : 0;
});

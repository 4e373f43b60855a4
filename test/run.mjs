// Runs tests with Node's runner:  node test/run.mjs [unit|slow|long|ci|all] [part of a path]
// `unit`, which is what runs without a word, is x.test.ts, `slow` x.slow.test.ts, `long` x.long.test.ts; `ci` is the first
// two, `all` all three. Files run side by side, but those whose first line is `// Runs alone: <reason>`.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [selection = 'unit', part = ''] = process.argv.slice(2);
const words = [
  '--import',
  'tsx',
  '--import',
  './test/runner/quiet.ts',
  'test/runner/main.mjs',
  selection,
  part,
];
process.exitCode = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;

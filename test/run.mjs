// Runs tests with Node's runner: node test/run.mjs unit|slow|all [part of a path]
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [kind = 'all', part = ''] = process.argv.slice(2);

const files = readdirSync(join(ROOT, 'test'), { recursive: true })
  .map((name) => join('test', name))
  .filter((name) => name.endsWith('.test.ts') && name.includes(part))
  .filter((name) => kind === 'all' || name.endsWith('.slow.test.ts') === (kind === 'slow'))
  .sort();
if (files.length === 0)
  throw new Error(`no tests ${kind} ${part} below ${relative(process.cwd(), ROOT) || '.'}`);

const result = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-concurrency=1', ...files],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' } },
);
process.exitCode = result.status ?? 1;

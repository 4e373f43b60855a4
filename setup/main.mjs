// Sets everything up: node setup/main.mjs [--browser]. Can be called again and again, and finishes what was cut off.

import { installBrowser } from './browser.mjs';
import { takeLock } from './lock.mjs';
import { SetupError } from './shell.mjs';
import { isDone, markDone } from './stamps.mjs';
import { STEPS } from './steps.mjs';
import { checkNode } from './tools.mjs';

async function main() {
  checkNode();
  await takeLock();
  for (const step of STEPS) {
    if (isDone(step)) continue;
    process.stderr.write(`set-up: ${step.name} ...`);
    const started = Date.now();
    step.run();
    markDone(step);
    process.stderr.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
  if (process.argv.includes('--browser')) installBrowser();
}

for (const [signal, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.on(signal, () => process.exit(status));

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`\nset-up: ${error.message}\n`);
  process.exitCode = 1;
}

import { resolve } from 'node:path';
import { Command } from 'commander';
import { printJson, wholeNumber } from './options';

interface CheckFlags {
  timeout: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  npx ferlab lab build                              student and solution copies, and nbgrader's course, in labs/out/
  npx ferlab lab check labs/out/students/5-metrics-by-hand.ipynb`;

export function labCommand(): Command {
  const build = new Command('build')
    .description('writes the copies for students and teachers from the sources in labs/')
    .option('--out <folder>', 'where to', 'labs/out')
    .action(buildLabs);
  const check = new Command('check')
    .description('runs a lab from top to bottom before it is handed in, and reports what is missing')
    .argument('<notebook>')
    .option('--timeout <seconds>', 'time limit for one cell', wholeNumber, 60)
    .option('--json', 'print the findings as JSON')
    .action(checkOne);
  return new Command('lab').addCommand(build).addCommand(check).addHelpText('after', EXAMPLES);
}

async function buildLabs({ out }: { out: string }): Promise<void> {
  const { writeLabs } = await import('../notebook/lab/labs.js');
  for (const path of writeLabs(resolve(out))) process.stdout.write(`${path}\n`);
}

async function checkOne(path: string, { timeout, json }: CheckFlags): Promise<void> {
  const { checkLab } = await import('../notebook/lab/check.js');
  const report = await checkLab(path, { cellTimeoutSeconds: timeout });
  if (json) printJson(report);
  else {
    for (const { cell, problem } of report.findings) process.stdout.write(`${cell.padEnd(20)} ${problem}\n`);
    process.stdout.write(`visible checks: ${report.points} of ${report.of} points\n`);
  }
  if (report.findings.length > 0) process.exitCode = 1;
}

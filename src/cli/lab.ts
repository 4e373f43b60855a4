import { basename, relative, resolve } from 'node:path';
import { Command } from 'commander';
import type { ExecutionEvent } from '../notebook/execution';
import type { LabReport } from '../notebook/lab/check';
import { NotebookProgress } from './notebook-progress';
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
    .option('--overwrite', 'replace notebooks that were edited, too; without it they are kept')
    .action(buildLabs);
  const check = new Command('check')
    .description('runs a lab from top to bottom before it is handed in, and reports what is missing')
    .argument('<notebook>')
    .option('--timeout <seconds>', 'time limit for one cell', wholeNumber, 60)
    .option('--json', 'print the findings as JSON')
    .action(checkOne);
  return new Command('lab').addCommand(build).addCommand(check).addHelpText('after', EXAMPLES);
}

async function buildLabs({ out, overwrite }: { out: string; overwrite?: boolean }): Promise<void> {
  const { writeLabs } = await import('../notebook/lab/labs.js');
  const files = writeLabs(resolve(out), { overwrite });
  const shown = (path: string) => relative(process.cwd(), path);
  for (const { path } of files.filter(({ isKept }) => !isKept)) process.stdout.write(`${shown(path)}\n`);
  for (const { path } of files.filter(({ isKept }) => isKept))
    process.stdout.write(`kept ${shown(path)}: it has been edited (--overwrite replaces it)\n`);
  const first = files.find(({ path }) => path.includes('students'))!;
  process.stdout.write(`\nnext: npm run lab, and open ${shown(first.path)}\n`);
}

async function checkOne(path: string, { timeout, json }: CheckFlags): Promise<void> {
  const { checkLab } = await import('../notebook/lab/check.js');
  const progress = new NotebookProgress(process.stderr);
  progress.notebook({ number: 1, count: 1, name: basename(path) });
  const onEvent = (event: ExecutionEvent) => progress.event(event);
  const report = await checkLab(path, { cellTimeoutSeconds: timeout, onEvent }).finally(() => progress.end());
  if (json) printJson(report);
  else process.stdout.write(describeReport(report));
  if (report.findings.length > 0) process.exitCode = 1;
}

/** The report for a student: one line for each exercise, what the checks said of it, and the points. */
function describeReport({ findings, points, of, atGrading }: LabReport): string {
  const lines = findings.flatMap(({ where, problem, reasons }) => [
    `${where[0]!.toUpperCase()}${where.slice(1)}: ${problem}`,
    ...reasons.map((reason) => reason.replace(/^/gm, '    ')),
  ]);
  const more = atGrading > 0 ? `; ${atGrading} more are checked at grading` : '';
  const ready = findings.length === 0 ? '. Ready to hand in.' : '';
  return [...lines, `visible checks: ${points} of ${of} points${more}${ready}`, ''].join('\n');
}

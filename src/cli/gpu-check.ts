import { Command, Option } from 'commander';
import { checkGpu, formatGpuReport } from '../doctor/gpu/gpu-check';
import { type ProbeTask, probeTraining } from '../doctor/gpu/probe';
import { EXIT } from '../errors';
import { printJson } from './options';

/** This command again, to train in a process of its own: a process keeps the device with which TensorFlow began. */
const PROBE_COMMAND = [process.execPath, ...process.execArgv, process.argv[1]!, 'gpu-check', '--probe'];

interface GpuCheckFlags {
  readonly json?: boolean;
  readonly probe?: string;
}

/** `ferlab gpu-check`: does training on the GPU give the numbers of the CPU, and how much faster is it? */
export function gpuCheckCommand(): Command {
  return new Command('gpu-check')
    .description(
      'Trains both networks for a few steps on the GPU and on the CPU, and compares losses and speed. Takes about a minute.',
    )
    .option('--json', 'print the report as JSON')
    .addOption(new Option('--probe <tasks>', 'train these and print how it went').hideHelp())
    .addHelpText(
      'after',
      `
The exit status is 1 if no GPU is used or the losses do not agree. If something is wrong, send the report.`,
    )
    .action(run);
}

function run({ json, probe }: GpuCheckFlags): void {
  if (probe === undefined) check(json);
  else printJson((JSON.parse(probe) as ProbeTask[]).map(probeTraining));
}

function check(json = false): void {
  const report = checkGpu(PROBE_COMMAND, (line) => process.stderr.write(`${line}\n`));
  if (json) printJson(report);
  else process.stdout.write(formatGpuReport(report));
  const isGood = report.gpu.status === 'passed' && report.comparisons.every(({ agrees }) => agrees);
  if (!isGood) process.exitCode = EXIT.failure;
}

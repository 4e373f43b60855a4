import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FerlabError } from '../../errors';
import { findPython } from '../../notebook/python';
import type { Finding } from '../check';
import { compareProbes, type DeviceComparison } from './compare';
import { diagnoseGpu, type GpuFacts } from './diagnose';
import type { Probe, ProbeTask } from './probe';

type Device = 'cpu' | 'gpu';

/** What `ferlab gpu-check` found. */
export interface GpuReport {
  readonly gpu: Finding;
  /** Each network in each precision; none without a GPU. */
  readonly comparisons: readonly DeviceComparison[];
}

/** What a process that looked for a device tells. */
interface Answer {
  readonly probes: readonly Probe[];
  /** What TensorFlow printed. */
  readonly log: string;
}

const MODELS = ['paper-cnn', 'strong-cnn'] as const;
const tasksIn = (...precisions: Probe['precision'][]): ProbeTask[] =>
  MODELS.flatMap((model) => precisions.map((precision) => ({ model, precision })));

/**
 * Trains both networks for a few steps on the GPU in both precisions, and on the CPU in float32, each device in a process of its
 * own, and compares losses and speed.
 * @param probeCommand the words that start a process which prints the probes of the tasks that follow as JSON
 */
export function checkGpu(probeCommand: readonly string[], tell: (line: string) => void): GpuReport {
  const facts = lookForGpu(probeCommand);
  const gpu = { name: 'GPU', ...diagnoseGpu(facts) };
  if (gpu.status !== 'passed') return { gpu, comparisons: [] };
  tell('training on the GPU');
  const { probes } = ask(probeCommand, 'gpu', tasksIn('float32', 'bfloat16'));
  tell('training on the CPU');
  return { gpu, comparisons: compareWith(ask(probeCommand, 'cpu', tasksIn('float32')).probes, probes) };
}

/** Each probe beside the one of the same network on the CPU. */
export function compareWith(references: readonly Probe[], probes: readonly Probe[]): DeviceComparison[] {
  return probes.map((probe) => compareProbes(references.find(({ model }) => model === probe.model)!, probe));
}

function lookForGpu(probeCommand: readonly string[]): GpuFacts {
  const hasDevice = existsSync('/dev/nvidia0') || existsSync('/proc/driver/nvidia/version');
  const smi = askSmi();
  const facts = { hasDevice, smi, hasLibraries: hasCudaLibraries() };
  if (!hasDevice && !smi) return { ...facts, usesGpu: false, log: '' };
  const { probes, log } = ask(probeCommand, null, [{ model: 'paper-cnn', precision: 'float32' }]);
  return { ...facts, usesGpu: probes[0]!.usesGpu, log };
}

function askSmi(): string[] | null {
  const query = ['--query-gpu=name,driver_version,memory.total,compute_cap', '--format=csv,noheader'];
  const { status, stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 30_000 });
  return status === 0 && stdout.trim() ? stdout.trim().split('\n') : null;
}

function hasCudaLibraries(): boolean {
  const words = ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'];
  const { stdout } = spawnSync(findPython(), words, { encoding: 'utf8' });
  return existsSync(join(stdout.trim(), 'nvidia/cuda_runtime'));
}

/** Runs the tasks in a process that sees this device alone, or what there is. */
function ask(probeCommand: readonly string[], device: Device | null, tasks: readonly ProbeTask[]): Answer {
  const [program, ...words] = probeCommand;
  const chosen = { FERLAB_DEVICE: device ?? '', ...(device === 'cpu' ? { CUDA_VISIBLE_DEVICES: '-1' } : {}) };
  const { status, stdout, stderr } = spawnSync(program!, [...words, JSON.stringify(tasks)], {
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0', ...chosen },
    maxBuffer: 64 << 20,
  });
  if (status === 0) return { probes: JSON.parse(stdout) as Probe[], log: stderr };
  throw new FerlabError(
    `the training on the ${device ?? 'GPU'} failed: ${stderr.trim().split('\n').at(-1)}`,
    {
      remedy: 'send what `ferlab doctor` and nvidia-smi print',
      exitStatus: 1,
    },
  );
}

/** The report as text: the GPU, and a line for each training. */
export function formatGpuReport({ gpu, comparisons }: GpuReport): string {
  const head =
    gpu.status === 'passed' ? `GPU: ${gpu.detail}` : `error: ${gpu.detail}\n  remedy: ${gpu.remedy}`;
  const rows = comparisons.map(
    ({ model, precision, cpuImagesPerSecond: cpu, gpuImagesPerSecond: fast, difference, bound, agrees }) =>
      `${agrees ? 'ok  ' : 'FAIL'}  ${model}, ${precision}: ${fast.toFixed(0)} images/s, ${(fast / cpu).toFixed(1)} times the CPU in float32; losses differ by ${percent(difference)} at most (bound ${percent(bound)})`,
  );
  return `${[head, ...rows].join('\n')}\n`;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

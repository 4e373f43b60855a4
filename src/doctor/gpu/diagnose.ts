import { type DoctorOutcome, failed, passed } from '../check';

/** What the machine shows of a GPU, before TensorFlow is asked. */
export interface GpuFacts {
  /** A device file or the driver's entry is there. */
  readonly hasDevice: boolean;
  /** Lines of `nvidia-smi`: name, driver, memory, compute capability; null if it can't be run. */
  readonly smi: readonly string[] | null;
  /** Whether TensorFlow's CUDA libraries are installed. */
  readonly hasLibraries: boolean;
  /** Whether TensorFlow took the GPU. */
  readonly usesGpu: boolean;
  /** What TensorFlow printed while it looked for one. */
  readonly log: string;
}

/** Name, memory and versions of the GPU that TensorFlow uses, or the first thing that keeps it from using one. */
export function diagnoseGpu(facts: GpuFacts): DoctorOutcome {
  if (facts.usesGpu) return passed(facts.smi?.join('; ') ?? 'TensorFlow uses a GPU; nvidia-smi is not there');
  return (
    [noDevice, noDriver, noLibraries, oldDriver, unloadable].map((find) => find(facts)).find(isFound) ??
    unknown(facts)
  );
}

const isFound = (outcome: DoctorOutcome | null): outcome is DoctorOutcome => outcome !== null;

function noDevice({ hasDevice, smi }: GpuFacts): DoctorOutcome | null {
  if (hasDevice || smi) return null;
  return failed(
    'this machine shows no NVIDIA GPU: there is neither /dev/nvidia0 nor a driver',
    'install the NVIDIA driver; in a container, hand the GPU on to it; without one, train on the CPU',
  );
}

function noDriver({ smi }: GpuFacts): DoctorOutcome | null {
  if (smi) return null;
  return failed(
    'there is an NVIDIA GPU, but nvidia-smi does not answer: the driver is not loaded',
    'run nvidia-smi, which says why, and install or load the driver',
  );
}

function noLibraries({ hasLibraries }: GpuFacts): DoctorOutcome | null {
  if (hasLibraries) return null;
  return failed(
    "TensorFlow's CUDA libraries are not installed",
    'run `FERLAB_DEVICE=gpu npm run setup`, which needs 4 GB more of disk space',
  );
}

function oldDriver({ log, smi }: GpuFacts): DoctorOutcome | null {
  if (!/driver version is insufficient|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH|INSUFFICIENT_DRIVER/i.test(log))
    return null;
  return failed(`the driver is too old for CUDA 12: ${smi?.join('; ')}`, 'install driver 525.60 or later');
}

function unloadable({ log }: GpuFacts): DoctorOutcome | null {
  const libraries = [...log.matchAll(/lib[\w.+-]+\.so[\w.]*/g)].map(([name]) => name);
  if (!/dlopen|load dynamic library/i.test(log) || libraries.length === 0) return null;
  return failed(
    `TensorFlow can't load ${[...new Set(libraries)].join(', ')}`,
    'run `FERLAB_DEVICE=gpu npm run setup` again; if it stays, send this report',
  );
}

function unknown({ log }: GpuFacts): DoctorOutcome {
  const lines = log.split('\n').filter((line) => /cuda|gpu/i.test(line));
  return failed(
    `TensorFlow does not use the GPU${lines.length > 0 ? `: ${lines.at(-1)!.trim()}` : ''}`,
    'send this report, with the output of nvidia-smi',
  );
}

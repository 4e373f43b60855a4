// What each script of the benchmark saves, and what bench/README.md is written from.
import type { PairedDifference } from '../src/evaluate/paired';
import type { ModelName } from '../src/model/models';
import type { Environment } from '../src/run/environment';
import type { LoadMeasurement } from './loading';
import type { Failure, Measurement } from './measure';

/** The vector instructions that decide how fast networks train, by their names in `/proc/cpuinfo`. */
export const INSTRUCTIONS = ['avx2', 'avx512f', 'avx512_vnni', 'avx512_bf16', 'amx_bf16'] as const;

/** What a whole run of the benchmark found. */
export interface BenchResults {
  readonly measuredAt: string;
  readonly command: string;
  readonly repeats: number;
  readonly environment: Environment;
  /** What the processor has of {@link INSTRUCTIONS}; results of before 2026-11-27 don't tell. */
  readonly instructions?: readonly string[];
  /** Peak of the float32 matrix product in GFLOP/s before and after the cases, and the training speed that it allows. */
  readonly matmul: { readonly before: number; readonly after: number; readonly boundImagesPerSecond: number };
  readonly augmentationImagesPerSecond: number;
  readonly measurements: readonly Measurement[];
  /** Peers that did not finish a case; the run goes on without them. */
  readonly failures: readonly Failure[];
  readonly loading: readonly LoadMeasurement[];
  /** Cases that were measured again after the whole run, and replaced in it. */
  readonly updates?: readonly Update[];
}

/** A later run of some cases. */
export interface Update {
  readonly measuredAt: string;
  readonly command: string;
  readonly repeats: number;
  readonly commit: string | null;
  /** Names of the cases, of the loading or of its memory. */
  readonly cases: readonly string[];
  /** What a reader has to know of the circumstances. */
  readonly note?: string;
}

/** Everything that bench/README.md tells: the whole run, and what has a script of its own. */
export interface AllResults {
  readonly bench: BenchResults;
  readonly memory: MemoryResults | null;
  readonly precision: PrecisionResults | null;
  readonly widths: WidthResults | null;
}

/** Memory of one process, in 10^6 bytes. */
export interface MemoryMeasurement {
  /** How often the rows of FER-2013 stand in the file. */
  readonly times: number;
  /** `decoded` reads the CSV and writes the cache, `cached` reads the cache. */
  readonly load: 'decoded' | 'cached';
  readonly images: number;
  readonly validated: number;
  /** Peak of the resident memory up to the end of the load, and up to the end of training and prediction. */
  readonly loaded: number;
  readonly peak: number;
  /** Largest resident memory of the process's own, and of files that are mapped: libraries, above all TensorFlow. */
  readonly anonymous: number;
  readonly fileBacked: number;
}

export interface MemoryResults {
  readonly measuredAt: string;
  readonly command: string;
  readonly environment: Environment;
  /** Training steps of 64 images. */
  readonly steps: number;
  readonly measurements: readonly MemoryMeasurement[];
}

/** Milliseconds of processor time, over all cores, of each operation at one width. */
export interface WidthMeasurement {
  readonly width: number;
  readonly milliseconds: Readonly<Record<string, number>>;
}

export interface WidthResults {
  readonly measuredAt: string;
  readonly command: string;
  readonly environment: Environment;
  readonly shape: readonly number[];
  readonly repeats: number;
  readonly measurements: readonly WidthMeasurement[];
}

/** One training of a seed in a precision. Accuracies are shares of the validation part. */
export interface PrecisionRun {
  readonly seed: number;
  readonly precision: 'float32' | 'bfloat16';
  readonly accuracy: number;
  readonly loss: number;
  readonly imagesPerSecond: number;
}

export interface PrecisionResults {
  readonly measuredAt: string;
  readonly command: string;
  readonly environment: Environment;
  readonly model: ModelName;
  readonly epochs: number;
  /** Images of the training and of the validation part. */
  readonly trained: number;
  readonly validated: number;
  readonly datasetSha256: string;
  readonly runs: readonly PrecisionRun[];
  /** For each seed: bfloat16 less float32, on the same images. */
  readonly differences: readonly (PairedDifference & { readonly seed: number })[];
}

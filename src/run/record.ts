import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import type { Precision } from '../engine/network';
import { tensorflow } from '../engine/tensorflow';
import { projectRoot } from '../paths';
import type { RunConfig } from './config';

/** What has to be known to judge a run, or to repeat it. */
export interface RunRecord {
  readonly config: RunConfig;
  readonly dataset: {
    readonly kind: string;
    readonly format: string;
    readonly sha256: string;
    readonly images: number;
  };
  /** Element type that was computed with. */
  readonly precision: Precision;
  readonly parameters: number;
  readonly environment: Environment;
  /** Images in each part. */
  readonly counts: { readonly training: number; readonly validation: number; readonly test: number };
  readonly weightsSha256: string;
  /** Of a published model: its weights are those of the training, rounded. */
  readonly rounded?: {
    readonly to: 'float16';
    /** Hash of the weights that training left, and the element type that it computed with. */
    readonly fromSha256: string;
    readonly fromPrecision: Precision;
  };
  /** Of an ensemble: names of the published models whose probabilities are averaged; the rest is of the first. */
  readonly members?: readonly string[];
  /** Hash of the teacher's weights, if one taught. */
  readonly teacherSha256?: string;
  readonly bestEpoch: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Seconds of training and validation, over all parts of a resumed run. */
  readonly trainingSeconds: number;
  readonly imagesPerSecond: number;
}

export interface Environment {
  readonly commit: string | null;
  /** Whether the checkout differed from the commit. */
  readonly isModified: boolean | null;
  readonly lockSha256: string | null;
  readonly requirementsSha256: string | null;
  readonly node: string;
  readonly tfjs: string;
  readonly tensorflow: string;
  readonly device: 'cpu' | 'gpu';
  readonly processor: string;
  readonly cores: number;
}

/** Whether two runs divide the same images the same way, so that neither was trained on the other's test images. */
export function haveSameParts(
  one: Pick<RunRecord, 'config' | 'dataset'>,
  other: Pick<RunRecord, 'config' | 'dataset'>,
): boolean {
  const [a, b] = [one, other].map(({ config, dataset }) =>
    [dataset.sha256, config.protocol, config.protocol === 'official' ? 0 : config.seed].join(' '),
  );
  return a === b;
}

/** Describes the machine and the versions of this process. */
export function describeEnvironment(): Environment {
  const tf = tensorflow();
  const backend = tf.backend() as unknown as { binding: { TF_Version: string }; isUsingGpuDevice: boolean };
  const status = git('status', '--porcelain');
  return {
    commit: git('rev-parse', 'HEAD'),
    isModified: status === null ? null : status !== '',
    lockSha256: hashFile('package-lock.json'),
    requirementsSha256: hashFile('requirements.txt'),
    node: process.version,
    tfjs: tf.version['tfjs-core'],
    tensorflow: backend.binding.TF_Version,
    device: backend.isUsingGpuDevice ? 'gpu' : 'cpu',
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
  };
}

function git(...words: string[]): string | null {
  try {
    return execFileSync('git', words, {
      cwd: projectRoot(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null; // no checkout, or no git
  }
}

function hashFile(name: string): string | null {
  const path = join(projectRoot(), name);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
}

export function describeDataset(dataset: ImageDataset): RunRecord['dataset'] {
  const { kind, format, sha256 } = dataset.source;
  return { kind, format, sha256, images: dataset.count };
}

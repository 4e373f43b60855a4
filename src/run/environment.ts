import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { usableCores } from '../engine/cores';
import { tensorflow } from '../engine/tensorflow';
import { projectRoot } from '../paths';
import type { DocumentFormat } from './json-file';

/** Versions and machine of a process. */
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
  /** Cores that the process may use. */
  readonly cores: number;
}

/** The environment of one stretch of a training: from its start or a resume until it ended or was stopped. */
export interface TrainingEnvironment extends Environment {
  /** `end` only in records of earlier versions, which looked when the training had ended. */
  readonly event: 'start' | 'resume' | 'end';
  /** When it was looked at, in ISO 8601. */
  readonly at: string;
  /** What is known besides, such as why an entry can't be that of the start. */
  readonly note?: string;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const environmentFields = {
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  isModified: z.boolean().nullable(),
  lockSha256: hash.nullable(),
  requirementsSha256: hash.nullable(),
  node: z.string(),
  tfjs: z.string(),
  tensorflow: z.string(),
  device: z.enum(['cpu', 'gpu']),
  processor: z.string(),
  cores: z.int().min(1),
};

export const trainingEnvironmentSchema: z.ZodType<TrainingEnvironment> = z.strictObject({
  event: z.enum(['start', 'resume', 'end']),
  at: z.iso.datetime(),
  ...environmentFields,
  note: z.string().optional(),
});

/** What `environments.json` of an unfinished run holds. */
export interface EnvironmentsDocument {
  readonly format: 'ferlab-environments-1';
  readonly environments: readonly TrainingEnvironment[];
}

export const ENVIRONMENTS = {
  format: 'ferlab-environments-1',
  schema: z.strictObject({
    format: z.literal('ferlab-environments-1'),
    environments: z.array(trainingEnvironmentSchema).min(1),
  }),
  remedy: 'delete the file: it is written again when the training continues',
} as const satisfies DocumentFormat<EnvironmentsDocument>;

/** The environment that a training started in; null where an earlier version did not look. */
export function startEnvironment(environments: readonly TrainingEnvironment[]): TrainingEnvironment | null {
  return environments.find(({ event }) => event === 'start') ?? null;
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
    cores: usableCores(),
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

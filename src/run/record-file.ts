import { z } from 'zod';
import { BASELINE_NAMES, type BaselineName } from '../baseline/methods';
import { leaksSchema } from '../dataset/describe';
import { PROTOCOLS, type Protocol } from '../dataset/split';
import { FILE_NAME } from '../paths';
import { configSchema } from './config';
import { trainingEnvironmentSchema } from './environment';
import { type DocumentFormat, loadDocument, saveJson } from './json-file';
import { machineSchema } from './machine';
import type { RunRecord } from './record';
import { migrateRecord } from './record-migration';

export const datasetRecordSchema = z.strictObject({
  spec: z.string().min(1),
  classes: z.array(z.string().min(1)).min(2),
  side: z.int().min(1),
  format: z.string(),
  sha256: z.string().min(1),
  images: z.int().min(1),
  copy: z
    .strictObject({
      form: z.string(),
      classes: z.string(),
      isOrderAssumed: z.boolean(),
      parts: z.string(),
      genuine: z.string().nullable(),
      notes: z.array(z.string()),
      differences: z.string().nullable(),
      leaks: leaksSchema,
      statedOrder: z.string().optional(),
    })
    .optional(),
});

export const splitSchema = z.strictObject({
  protocol: z.enum(PROTOCOLS as [Protocol, ...Protocol[]]),
  seed: z.int(),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const precision = z.enum(['float32', 'bfloat16']);
const counts = z.strictObject({ training: count, validation: count, test: count });
const correctionSchema = z.strictObject({
  at: z.iso.datetime(),
  reason: z.string().min(1),
  dataset: datasetRecordSchema,
  counts,
  leftOut: counts,
});
const common = {
  format: z.literal('ferlab-record-2'),
  dataset: datasetRecordSchema,
  counts,
  correction: correctionSchema.optional(),
  weightsSha256: hash,
  parameters: count,
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  trainingSeconds: z.number().min(0),
};

const erratum = z.strictObject({
  text: z.string().min(1),
  fixedBy: z.string().regex(/^[0-9a-f]{40}$/),
  fixedAt: z.iso.datetime(),
});
export const errataSchema = z.array(erratum);

export const networkRecordSchema = z.strictObject({
  ...common,
  kind: z.literal('network'),
  config: configSchema,
  precision,
  environments: z.array(trainingEnvironmentSchema).min(1),
  rounded: z
    .strictObject({ to: z.literal('float16'), fromSha256: hash, fromPrecision: precision })
    .optional(),
  errata: errataSchema.optional(),
  teacherSha256: hash.optional(),
  crowdSha256: hash.optional(),
  bestEpoch: z.int().min(1),
  imagesPerSecond: z.number().min(0),
});

const ensembleRecordSchema = z.strictObject({
  ...common,
  kind: z.literal('ensemble'),
  members: z.array(z.string().regex(FILE_NAME, 'a plain name is needed')).min(2),
  split: splitSchema,
  machines: z.array(machineSchema),
});

const settings = z.record(z.string(), z.number());
const baselineRecordSchema = z.strictObject({
  ...common,
  kind: z.literal('baseline'),
  method: z.enum(BASELINE_NAMES as [BaselineName, ...BaselineName[]]),
  split: splitSchema,
  settings,
  tried: z
    .array(
      z.strictObject({ settings, validationAccuracy: z.number().min(0).max(1), seconds: z.number().min(0) }),
    )
    .min(1),
  lender: z.strictObject({ model: z.string(), weightsSha256: hash }).optional(),
  environments: z.array(trainingEnvironmentSchema).min(1),
});

export const RECORD: DocumentFormat<RunRecord> = {
  format: 'ferlab-record-2',
  schema: z.discriminatedUnion('kind', [networkRecordSchema, ensembleRecordSchema, baselineRecordSchema]),
  migrate: migrateRecord,
  remedy: 'restore the record that the training wrote, or train again',
};

/** Reads the record of a run, also one of an earlier version. @throws FerlabError that names the wrong fields */
export function loadRecord(path: string): RunRecord {
  return loadDocument(path, RECORD);
}

/** @throws FerlabError when the disk is full */
export function saveRecord(path: string, record: RunRecord): void {
  saveJson(path, record);
}

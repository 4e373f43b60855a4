import { z } from 'zod';
import { PAPER_DATASET } from '../dataset/specs';
import { SAMPLE } from '../dataset/specs/sample';
import { environmentFields } from './environment';
import type { DatasetRecord } from './record';

/** What the first form of a file called the data: the paper's, which was the only one, or the sample. */
export const firstKind = z.enum([PAPER_DATASET.name, 'synthetic']);

/** The same as a record names it now. */
export function dataOfKind(
  kind: z.infer<typeof firstKind>,
): Pick<DatasetRecord, 'spec' | 'classes' | 'side'> {
  const { name, classes, side } = kind === 'synthetic' ? SAMPLE : PAPER_DATASET;
  return { spec: name, classes, side };
}

// The first form of a record had no field `format`. It told the environment of the training's end, and the record of an
// ensemble was its first member's with the sums of all. The rest of its fields is checked by the present schema.
const first = z.looseObject({
  config: z.looseObject({ protocol: z.string(), seed: z.int() }),
  dataset: z.strictObject({
    kind: firstKind,
    format: z.string(),
    sha256: z.string(),
    images: z.int(),
  }),
  environment: z.strictObject(environmentFields),
  members: z.array(z.string()).optional(),
  finishedAt: z.string(),
});

/** @throws z.ZodError when it is no record of the first form */
export function migrateRecord(value: unknown): unknown {
  const { dataset, environment, members, config, ...rest } = first.parse(value);
  const { kind, ...data } = dataset;
  const common = { format: 'ferlab-record-2', dataset: { ...dataOfKind(kind), ...data } };
  if (!members) {
    const environments = [{ event: 'end', at: rest.finishedAt, ...environment }];
    return { ...common, kind: 'network', config, environments, ...rest };
  }
  const { counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds } = rest;
  const split = { protocol: config.protocol, seed: config.seed };
  const sums = { counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds };
  return { ...common, kind: 'ensemble', members, split, machines: [], ...sums };
}

import { z } from 'zod';
import { knownSpec } from '../dataset/specs/index';
import { environmentFields } from './environment';

// The first form of a record had no field `format`. It told the environment of the training's end, and the record of an
// ensemble was its first member's with the sums of all. The rest of its fields is checked by the present schema.
const first = z.looseObject({
  config: z.looseObject({ protocol: z.string(), seed: z.int() }),
  dataset: z.strictObject({
    kind: z.enum(['fer2013', 'synthetic']),
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
  const { name, classes, side } = knownSpec(kind === 'synthetic' ? 'sample' : kind);
  const common = { format: 'ferlab-record-2', dataset: { spec: name, classes, side, ...data } };
  if (!members) {
    const environments = [{ event: 'end', at: rest.finishedAt, ...environment }];
    return { ...common, kind: 'network', config, environments, ...rest };
  }
  const { counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds } = rest;
  const split = { protocol: config.protocol, seed: config.seed };
  const sums = { counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds };
  return { ...common, kind: 'ensemble', members, split, machines: [], ...sums };
}

import { z } from 'zod';
import { describeDifference } from '../evaluate/paired';
import { buildModel, type ModelName } from '../model/models';
import { configSchema } from '../run/config';
import { faultsOf } from '../run/errata';
import { type DocumentFormat, loadDocument } from '../run/json-file';
import { type Machine, machineSchema } from '../run/machine';
import { datasetRecordSchema, errataSchema } from '../run/record-file';
import { dataOfKind, firstKind } from '../run/record-migration';
import type { StudyResults } from './results';

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const signedShare = z.number().min(-1).max(1);

const variant = z.strictObject({
  name: z.string(),
  change: z.string(),
  config: configSchema,
  count,
  correct: count,
  accuracy: share,
  interval: z.tuple([share, share]),
  difference: z
    .strictObject({
      images: count,
      onlyFirst: count,
      onlySecond: count,
      difference: signedShare,
      interval: z.tuple([signedShare, signedShare]),
      p: share,
    })
    .nullable(),
  singleViewAccuracy: share,
  bestEpoch: z.int().min(1),
  imagesSeen: count,
  minutes: z.number().min(0),
  parameters: count,
  multiplyAdds: count,
  machines: z.array(machineSchema),
  errata: errataSchema,
});

const STUDY_RESULTS: DocumentFormat<StudyResults> = {
  format: 'ferlab-study-results-2',
  schema: z.strictObject({
    format: z.literal('ferlab-study-results-2'),
    title: z.string(),
    protocol: z.string(),
    dataset: datasetRecordSchema,
    variants: z.array(variant).min(1),
  }),
  migrate: migrateResults,
  remedy: 'make it again with `ferlab study FILE --show --out RESULTS`',
};

// The first form had no field `format`, one machine a variant, a kind of data for its name, Wald's interval without p and
// no errata.
const LAST_OF_FIRST_FORM = '2026-11-26T01:57:52.000Z';
const counts = z.object({ images: count, onlyFirst: count, onlySecond: count });
const first = z.looseObject({
  dataset: z.looseObject({ kind: firstKind }),
  variants: z.array(
    z.looseObject({ config: configSchema, machine: machineSchema, difference: counts.nullable() }),
  ),
});

function migrateResults(value: unknown): unknown {
  const { dataset, variants, ...rest } = first.parse(value);
  const { kind, ...data } = dataset;
  const described = { ...dataOfKind(kind), ...data };
  const errata = (model: ModelName, { precision }: Machine) =>
    faultsOf({ model: buildModel(model, described), precision, finishedAt: LAST_OF_FIRST_FORM });
  return {
    format: 'ferlab-study-results-2',
    ...rest,
    dataset: described,
    variants: variants.map(({ machine, difference, ...fields }) => ({
      ...fields,
      difference: difference && describeDifference(difference),
      machines: [machine],
      errata: errata(fields.config.model, machine),
    })),
  };
}

/** Reads the results of a study, also those of an earlier version. @throws FerlabError that names the wrong fields */
export function loadSavedResults(path: string): StudyResults {
  return loadDocument(path, STUDY_RESULTS);
}

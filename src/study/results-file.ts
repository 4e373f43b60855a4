import { z } from 'zod';
import { describeDifference } from '../evaluate/paired';
import { configSchema } from '../run/config';
import { type DocumentFormat, loadDocument } from '../run/json-file';
import { machineSchema } from '../run/machine';
import { datasetRecordSchema } from '../run/record-file';
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

// The first form had no field `format`, one machine a variant, a kind of data for its name, and Wald's interval without p.
const counts = z.object({ images: count, onlyFirst: count, onlySecond: count });
const first = z.looseObject({
  dataset: z.looseObject({ kind: firstKind }),
  variants: z.array(z.looseObject({ machine: z.unknown(), difference: counts.nullable() })),
});

function migrateResults(value: unknown): unknown {
  const { dataset, variants, ...rest } = first.parse(value);
  const { kind, ...data } = dataset;
  return {
    format: 'ferlab-study-results-2',
    ...rest,
    dataset: { ...dataOfKind(kind), ...data },
    variants: variants.map(({ machine, difference, ...fields }) => ({
      ...fields,
      difference: difference && describeDifference(difference),
      machines: [machine],
    })),
  };
}

/** Reads the results of a study, also those of an earlier version. @throws FerlabError that names the wrong fields */
export function loadSavedResults(path: string): StudyResults {
  return loadDocument(path, STUDY_RESULTS);
}

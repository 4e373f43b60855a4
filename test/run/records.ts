import type { EnsembleRecord, RunRecord } from '../../src/run/record';

/** The record of an ensemble of two models that are not there, of the same data as another run. */
export function ensembleOf(record: RunRecord): EnsembleRecord {
  const { format, dataset, counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds } =
    record;
  return {
    ...{ format, dataset, counts, weightsSha256, parameters, startedAt, finishedAt, trainingSeconds },
    kind: 'ensemble',
    members: ['one', 'two'],
    split: { protocol: 'official', seed: 1 },
    machines: [],
  };
}

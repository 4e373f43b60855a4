import { existsSync } from 'node:fs';
import { FerlabError } from '../errors';
import { type Evaluation, evaluatePredictions } from '../evaluate/evaluation';
import { loadPredictions } from '../evaluate/predictions';
import type { History } from '../train/history';
import type { RunRecord } from '../train/record';
import { loadJson, runFiles } from '../train/run-folder';
import { PAPER_SAMPLES, PAPER_SAMPLES_TOTAL, PAPER_TABLES, type PaperTable } from './paper';

/** All numbers of a run beside the paper's: what tables and figures are made from, and what `results.json` holds. */
export interface Results {
  readonly format: 'ferlab-results-1';
  /** Whether the run saw schematic faces instead of FER-2013: every title says so then. */
  readonly isSynthetic: boolean;
  readonly record: RunRecord;
  readonly history: History;
  readonly validation: Evaluation;
  readonly test: Evaluation;
  readonly intervals: string;
  readonly paper: {
    readonly tables: readonly PaperTable[];
    readonly samples: readonly string[];
    readonly samplesTotal: string;
  };
}

/** How the 95 % intervals were made; goes below the tables. */
export const INTERVALS_NOTE =
  '95 % intervals: Wilson for accuracy, recall, precision and one-vs-rest accuracy; percentile bootstrap over the images (1,000 draws) for F1 and the means.';

/**
 * Computes the results of a finished run from its saved predictions; nothing is trained or predicted.
 * @throws FerlabError when the run is not finished or its test part was not evaluated
 */
export function loadResults(folder: string): Results {
  const files = runFiles(folder);
  for (const [path, remedy] of [
    [files.record, 'finish it with `ferlab train --resume`'],
    [files.predictions('test'), 'evaluate it with `ferlab evaluate --final`'],
  ] as const) {
    if (!existsSync(path))
      throw new FerlabError(`${folder}: the run has no ${path.split('/').at(-1)}`, { remedy });
  }
  const record = loadJson<RunRecord>(files.record);
  const seed = record.config.seed;
  return {
    format: 'ferlab-results-1',
    isSynthetic: record.dataset.kind === 'synthetic',
    record,
    history: loadJson<History>(files.history),
    validation: evaluatePredictions(loadPredictions(files.predictions('validation'), 'validation'), { seed }),
    test: evaluatePredictions(loadPredictions(files.predictions('test'), 'test'), { seed }),
    intervals: INTERVALS_NOTE,
    paper: { tables: PAPER_TABLES, samples: PAPER_SAMPLES, samplesTotal: PAPER_SAMPLES_TOTAL },
  };
}

/** A title that says so if the data was the synthetic sample. */
export function titled(title: string, results: Pick<Results, 'isSynthetic'>): string {
  return results.isSynthetic ? `${title} (synthetic sample)` : title;
}

import type { Results } from '../../evaluate/results';
import type { ReportTable } from '../table';
import { tableAccuracy } from './accuracy';
import { tableConfusion } from './confusion';
import { tablePaperFigures } from './paper-figures';
import { tablePerClass } from './per-class';
import { tableSeeds } from './seeds';
import { tableSummary } from './summary';

/** The tables of a report, by the name of their file: those of the first run, and means over the seeds if there are more runs. */
export function reportTables(runs: readonly Results[]): Readonly<Record<string, ReportTable>> {
  const first = runs[0]!;
  return {
    'table-1-accuracy': tableAccuracy(first),
    'table-2-precision': tablePerClass(first, 'precision'),
    'table-3-recall': tablePerClass(first, 'recall'),
    'table-4-f1': tablePerClass(first, 'f1'),
    'confusion-matrix-table': tableConfusion(first),
    summary: tableSummary(first),
    'paper-figures': tablePaperFigures(),
    ...(runs.length > 1 && {
      'table-1-accuracy-seeds': tableSeeds(runs, 'accuracy'),
      'table-2-precision-seeds': tableSeeds(runs, 'precision'),
      'table-3-recall-seeds': tableSeeds(runs, 'recall'),
      'table-4-f1-seeds': tableSeeds(runs, 'f1'),
    }),
  };
}

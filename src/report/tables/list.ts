import { type Results, withoutCopies } from '../../evaluate/results';
import { type PaperTable, paperClasses } from '../paper';
import type { ReportTable } from '../table';
import { tableAccuracy } from './accuracy';
import { tableByClass } from './by-class';
import { tableConfusion } from './confusion';
import { areSeveralMethods, tableMethods } from './methods';
import { tablePaperFigures } from './paper-figures';
import { tablePerClass } from './per-class';
import { tableSeeds } from './seeds';
import { tableSummary } from './summary';

/** Makes a table of a report; null where the runs have nothing to show in it. */
type TableMaker = (runs: readonly Results[]) => ReportTable | null;

const ofFirst =
  (table: (results: Results) => ReportTable): TableMaker =>
  ([first]) =>
    table(first!);

const isOfPaper = ({ dataset }: Results) => paperClasses(dataset.classes).length > 0;

/** A table that stands beside the paper's: for data with the paper's classes alone. */
const besidePaper =
  (table: (results: Results) => ReportTable): TableMaker =>
  ([first]) =>
    isOfPaper(first!) ? table(first!) : null;

const overSeeds =
  (metric: PaperTable['metric']): TableMaker =>
  (runs) =>
    runs.length > 1 && runs.every(isOfPaper) ? tableSeeds(runs, metric) : null;

const TABLES: Readonly<Record<string, TableMaker>> = {
  'table-1-accuracy': besidePaper(tableAccuracy),
  'table-2-precision': besidePaper((results) => tablePerClass(results, 'precision')),
  'table-3-recall': besidePaper((results) => tablePerClass(results, 'recall')),
  'table-4-f1': besidePaper((results) => tablePerClass(results, 'f1')),
  'confusion-matrix-table': ofFirst(tableConfusion),
  summary: ofFirst(tableSummary),
  'by-class': ofFirst(tableByClass),
  methods: (runs) => (areSeveralMethods(runs) ? tableMethods(runs) : null),
  'paper-figures': besidePaper(tablePaperFigures),
  'table-1-accuracy-seeds': overSeeds('accuracy'),
  'table-2-precision-seeds': overSeeds('precision'),
  'table-3-recall-seeds': overSeeds('recall'),
  'table-4-f1-seeds': overSeeds('f1'),
};

/** The summary has columns for it, and the paper's figures hold no numbers. */
const HAS_NO_TWIN = ['summary', 'paper-figures'];

/** The same table on the test images of which the training part holds no copy. */
const twinOf =
  (make: TableMaker): TableMaker =>
  (runs) => {
    const twins = runs.map(withoutCopies);
    const [first] = twins;
    if (!first) return null;
    return make(twins.every((twin) => twin !== null) ? twins : [first]);
  };

/**
 * The tables of a report, by the name of their file: those of the first run, and means over the seeds of several; each
 * with its twin without copies.
 */
export const REPORT_TABLES: Readonly<Record<string, TableMaker>> = {
  ...TABLES,
  ...Object.fromEntries(
    Object.entries(TABLES)
      .filter(([name]) => !HAS_NO_TWIN.includes(name))
      .map(([name, make]) => [`${name}-without-copies`, twinOf(make)]),
  ),
};

/** The tables that a report of these runs has, by the name of their file. */
export function reportTables(runs: readonly Results[]): Readonly<Record<string, ReportTable>> {
  const tables = Object.entries(REPORT_TABLES).map(([name, make]) => [name, make(runs)] as const);
  return Object.fromEntries(tables.filter((entry): entry is [string, ReportTable] => entry[1] !== null));
}

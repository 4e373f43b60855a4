import { describeVerdict, type FigureVerdict } from '../../audit/figure-verdicts';
import { type PaperTable, paperTable } from '../../report/paper';
import { column, type ReportTable } from '../../report/table';

type Verdicts = ReadonlyMap<string, FigureVerdict>;

/** The metric whose table of the paper stands in the file of this name, such as `table-3-recall`. */
export function metricOfTable(name: string): PaperTable['metric'] | null {
  const [, metric] = /^table-\d-(accuracy|precision|recall|f1)$/.exec(name) ?? [];
  return (metric as PaperTable['metric'] | undefined) ?? null;
}

/** One of Tables I to IV with what the audit says of each figure that the paper printed. */
export function withVerdicts(
  table: ReportTable,
  metric: PaperTable['metric'],
  verdicts: Verdicts,
): ReportTable {
  const paper = paperTable(metric);
  const nameOf = (row: unknown) => String(table.columns[0]!.cell(row));
  const audit = column<unknown>("Audit of the paper's figure", (row) =>
    describeVerdict(verdicts.get(fieldOf(nameOf(row), metric))),
  );
  return {
    ...table,
    columns: [...table.columns, audit],
    notes: [
      ...(table.notes ?? []),
      `Audit: a figure is contradicted under a reading of Table ${paper.number} if it enters a set of printed figures that can't all be true.`,
    ],
  };
}

/** Path of a figure in the claim; the means of a table share the paper's one row "Overall". */
export function fieldOf(row: string, metric: PaperTable['metric']): string {
  const isMean = /^(Overall|Macro|Weighted)/.test(row);
  if (!isMean) return `perClass.${metric}.${row}`;
  return metric === 'accuracy' ? 'accuracy' : `means.unspecified.${metric}`;
}

import type { ReportTable } from '../table';
import { tableCsv } from './csv';
import { tableJson } from './json';
import { tableLatex } from './latex';
import { tableMarkdown } from './markdown';

/** The formats that a report writes each table in, by the ending of the file. */
export const TABLE_FORMATS: Readonly<Record<string, (table: ReportTable) => string>> = {
  md: (table) => `${tableMarkdown(table)}\n`,
  tex: tableLatex,
  csv: tableCsv,
  json: tableJson,
};

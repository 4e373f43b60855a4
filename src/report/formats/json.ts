import type { ReportTable } from '../table';
import { flatTable } from './flat';

/** Title, notes, and an object for each row. */
export function tableJson(table: ReportTable): string {
  const { columns, rows } = flatTable(table);
  const records = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));
  const { title = '', notes = [] } = table;
  return `${JSON.stringify({ title, columns, rows: records, notes }, null, 2)}\n`;
}

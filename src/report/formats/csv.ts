import type { ReportTable } from '../table';
import { flatTable, type PlainValue } from './flat';

/** Comma-separated values (RFC 4180): fields with commas, quotes or line ends are quoted. Title and notes are left out. */
export function tableCsv(table: ReportTable): string {
  const { columns, rows } = flatTable(table);
  const field = (value: PlainValue) => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

import { DataFrame } from 'danfojs-node';
import type { ReportTable } from '../table';
import { flatTable } from './flat';

/** The table as a Danfo frame, which Lab shows as HTML; title and notes are left out. */
export function toDataFrame(table: ReportTable): DataFrame {
  const { columns, rows } = flatTable(table);
  return new DataFrame(rows as unknown[][], { columns: [...columns] });
}

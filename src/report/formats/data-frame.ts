import type { DataFrame } from 'danfojs-node';
import { danfo } from '../../dataset/danfo';
import type { ReportTable } from '../table';
import { flatTable } from './flat';

/** The table as a Danfo frame, which Lab shows as HTML; title and notes are left out. */
export function toDataFrame(table: ReportTable): DataFrame {
  const { columns, rows } = flatTable(table);
  const frames = danfo();
  return new frames.DataFrame(rows as unknown[][], { columns: [...columns] });
}

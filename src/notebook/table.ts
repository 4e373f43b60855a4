import { tableHtml } from '../report/formats/html';
import { tableMarkdown } from '../report/formats/markdown';
import { tableText } from '../report/formats/text';
import type { ReportTable } from '../report/table';
import type { Bundle } from './display';

/** What `show` takes as a table: a table of the report, or what was made of a Danfo frame. */
export type TableLike = ReportTable;

/** A table as HTML for Lab and GitHub, as Markdown, and as text. */
export function tableBundle(table: TableLike): Bundle {
  return {
    data: {
      'text/html': tableHtml(table),
      'text/markdown': tableMarkdown(table),
      'text/plain': tableText(table),
    },
  };
}

import { REPORT_FIGURES } from './figures/list';
import { TABLE_FORMATS } from './formats/list';
import { REPORT_TABLES } from './tables/list';

/** The numbers of a report for programs, and their schema. */
export const DOCUMENT = 'results.json';
export const DOCUMENT_SCHEMA = 'results.schema.json';

/** The forms that a figure is written in. */
export const FIGURE_ENDINGS = ['svg', 'png', 'plotly.json'] as const;

/** The files of a report with these tables and figures, in order. @param contents keys are names of files without ending */
export function fileNames(contents: { tables: object; figures: object }): string[] {
  const names = (stems: object, endings: readonly string[]) =>
    Object.keys(stems).flatMap((stem) => endings.map((ending) => `${stem}.${ending}`));
  return [
    ...names(contents.tables, Object.keys(TABLE_FORMATS)),
    ...names(contents.figures, FIGURE_ENDINGS),
    DOCUMENT,
    DOCUMENT_SCHEMA,
  ].sort();
}

/** The names of all files that any report may hold. Nothing else in its folder is ever moved or removed. */
export function reportFileNames(): ReadonlySet<string> {
  return new Set(fileNames({ tables: REPORT_TABLES, figures: REPORT_FIGURES }));
}

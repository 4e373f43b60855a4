import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Results } from '../evaluate/results';
import { explainWriteFailure } from '../write-whole';
import { resultsDocument, resultsJsonSchema } from './document/document';
import { filesOfReport } from './document/files-of-report';
import { refuseStrangers, replaceFiles } from './document/replace-files';
import type { PlotlyFigure } from './figure';
import { reportFigures } from './figures/list';
import { DOCUMENT, DOCUMENT_SCHEMA, FIGURE_ENDINGS, fileNames, reportFileNames } from './files';
import { TABLE_FORMATS } from './formats/list';
import { FigureDrawer, svgToPng } from './static/draw';
import type { ReportTable } from './table';
import { reportTables } from './tables/list';

/** Pixels of a PNG for each pixel of the layout. */
const PNG_SCALE = 1.5;

/**
 * Writes all tables (Markdown, LaTeX, CSV, JSON), all figures (SVG, PNG, plotly JSON) and `results.json` with its schema
 * into `folder`, and removes what an earlier report left there and this one has not. Everything is made beside the
 * folder first: a failure leaves the folder as it was. Files that no report wrote stay as they are.
 * @param results of one run, or of several: tables and figures are of the first, with means over the seeds beside them
 * @returns the names of the files
 * @throws FerlabError when the disk is full, or when a file that no report wrote is in the way
 */
export async function saveReport(results: Results | readonly Results[], folder: string): Promise<string[]> {
  const runs = Array.isArray(results) ? (results as readonly Results[]) : [results as Results];
  const target = resolve(folder);
  const contents = { tables: reportTables(runs), figures: reportFigures(runs[0]!, runs) };
  const names = fileNames(contents);
  const earlier = filesOfReport(join(target, DOCUMENT)).filter((name) => reportFileNames().has(name));
  refuseStrangers(target, names, earlier);
  let temporary: string | undefined;
  try {
    mkdirSync(target, { recursive: true });
    temporary = mkdtempSync(join(dirname(target), '.report-'));
    const made = join(temporary, 'new');
    mkdirSync(made);
    writeTables(made, contents.tables);
    await writeFigures(made, contents.figures);
    writeDocument(made, runs, names);
    replaceFiles({ made, target, aside: join(temporary, 'old') }, names, earlier);
    return names;
  } catch (error) {
    throw explainWriteFailure(folder, error, 'make the report again');
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

/** Writes tables in every format. */
export function writeTables(folder: string, tables: Readonly<Record<string, ReportTable>>): void {
  for (const [name, table] of Object.entries(tables)) {
    for (const [ending, write] of Object.entries(TABLE_FORMATS))
      writeFileSync(join(folder, `${name}.${ending}`), write(table));
  }
}

/** Writes figures in every form. */
export async function writeFigures(
  folder: string,
  figures: Readonly<Record<string, PlotlyFigure>>,
): Promise<void> {
  const drawer = new FigureDrawer();
  try {
    for (const [name, figure] of Object.entries(figures)) {
      const forms = await figureForms(drawer, figure);
      for (const ending of FIGURE_ENDINGS) writeFileSync(join(folder, `${name}.${ending}`), forms[ending]);
    }
  } finally {
    drawer.close();
  }
}

async function figureForms(
  drawer: FigureDrawer,
  figure: PlotlyFigure,
): Promise<Record<(typeof FIGURE_ENDINGS)[number], string | Buffer>> {
  const svg = await drawer.svg(figure);
  return { svg, png: await svgToPng(svg, PNG_SCALE), 'plotly.json': `${JSON.stringify(figure)}\n` };
}

/** Writes `results.json`, which lists all files of the report, and its schema. */
function writeDocument(folder: string, runs: readonly Results[], names: readonly string[]): void {
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  write(DOCUMENT, resultsDocument(runs, names));
  write(DOCUMENT_SCHEMA, resultsJsonSchema());
}

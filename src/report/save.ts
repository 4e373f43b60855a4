import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Results } from '../evaluate/results';
import { explainWriteFailure } from '../write-whole';
import { readFileNames, resultsDocument, resultsJsonSchema } from './document/document';
import { replaceFiles } from './document/replace-files';
import { reportFigures } from './figures/list';
import { TABLE_FORMATS } from './formats/list';
import { FigureDrawer, svgToPng } from './static/draw';
import type { ReportTable } from './table';
import { reportTables } from './tables/list';

/** Pixels of a PNG for each pixel of the layout. */
const PNG_SCALE = 1.5;
const DOCUMENT = 'results.json';

/**
 * Writes all tables (Markdown, LaTeX, CSV, JSON), all figures (SVG, PNG, plotly JSON) and `results.json` with its schema
 * into `folder`, and removes what an earlier report left there and this one has not. Everything is made beside the
 * folder first: a failure leaves the folder as it was. Files that no report wrote stay.
 * @param results of one run, or of several: tables and figures are of the first, with means over the seeds beside them
 * @returns the names of the files
 * @throws FerlabError when the disk is full
 */
export async function saveReport(results: Results | readonly Results[], folder: string): Promise<string[]> {
  const runs = Array.isArray(results) ? (results as readonly Results[]) : [results as Results];
  const target = resolve(folder);
  let temporary: string | undefined;
  try {
    mkdirSync(target, { recursive: true });
    temporary = mkdtempSync(join(dirname(target), '.report-'));
    const made = join(temporary, 'new');
    mkdirSync(made);
    for (const [name, table] of Object.entries(reportTables(runs))) writeTable(join(made, name), table);
    await writeFigures(made, runs[0]!);
    const names = writeDocument(made, runs);
    const earlier = readFileNames(join(target, DOCUMENT));
    replaceFiles({ made, target, aside: join(temporary, 'old') }, names, earlier);
    return names;
  } catch (error) {
    throw explainWriteFailure(folder, error, 'make the report again');
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

function writeTable(path: string, table: ReportTable): void {
  for (const [ending, write] of Object.entries(TABLE_FORMATS))
    writeFileSync(`${path}.${ending}`, write(table));
}

async function writeFigures(folder: string, results: Results): Promise<void> {
  const drawer = new FigureDrawer();
  try {
    for (const [name, figure] of Object.entries(reportFigures(results))) {
      const svg = await drawer.svg(figure);
      writeFileSync(join(folder, `${name}.svg`), svg);
      writeFileSync(join(folder, `${name}.png`), await svgToPng(svg, PNG_SCALE));
      writeFileSync(join(folder, `${name}.plotly.json`), `${JSON.stringify(figure)}\n`);
    }
  } finally {
    drawer.close();
  }
}

/** Writes `results.json` and its schema beside the other files. @returns the names of all files */
function writeDocument(folder: string, runs: readonly Results[]): string[] {
  const names = [...readdirSync(folder), DOCUMENT, 'results.schema.json'].sort();
  const write = (name: string, value: unknown) =>
    writeFileSync(join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  write(DOCUMENT, resultsDocument(runs, names));
  write('results.schema.json', resultsJsonSchema());
  return names;
}

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Results } from '../evaluate/results';
import { explainWriteFailure } from '../write-whole';
import { allFigures } from './figures/all';
import { replaceFiles } from './formats/replace-files';
import { readFileNames, resultsDocument, resultsJsonSchema } from './formats/results-document';
import type { ReportTable } from './formats/table';
import { tableCsv, tableJson, tableLatex } from './formats/table-files';
import { tableMarkdown } from './formats/table-text';
import { FigureDrawer, svgToPng } from './static/draw';
import { tableConfusion, tablePaperFigures, tableSummary } from './tables/overall';
import { tableAccuracy, tablePerClass } from './tables/per-class';
import { tableSeeds } from './tables/seeds';

/** Pixels of a PNG for each pixel of the layout. */
const PNG_SCALE = 1.5;
const DOCUMENT = 'results.json';

/** All tables of a report, by the name of their file: those of the first run, and means over the seeds if there are more runs. */
export function allTables(runs: readonly Results[]): Readonly<Record<string, ReportTable>> {
  const first = runs[0]!;
  return {
    'table-1-accuracy': tableAccuracy(first),
    'table-2-precision': tablePerClass(first, 'precision'),
    'table-3-recall': tablePerClass(first, 'recall'),
    'table-4-f1': tablePerClass(first, 'f1'),
    'confusion-matrix-table': tableConfusion(first),
    summary: tableSummary(first),
    'paper-figures': tablePaperFigures(),
    ...(runs.length > 1 && {
      'table-1-accuracy-seeds': tableSeeds(runs, 'accuracy'),
      'table-2-precision-seeds': tableSeeds(runs, 'precision'),
      'table-3-recall-seeds': tableSeeds(runs, 'recall'),
      'table-4-f1-seeds': tableSeeds(runs, 'f1'),
    }),
  };
}

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
    for (const [name, table] of Object.entries(allTables(runs))) writeTable(join(made, name), table);
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
  writeFileSync(`${path}.md`, `${tableMarkdown(table)}\n`);
  writeFileSync(`${path}.tex`, tableLatex(table));
  writeFileSync(`${path}.csv`, tableCsv(table));
  writeFileSync(`${path}.json`, tableJson(table));
}

async function writeFigures(folder: string, results: Results): Promise<void> {
  const drawer = new FigureDrawer();
  try {
    for (const [name, figure] of Object.entries(allFigures(results))) {
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

import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { explainWriteFailure } from '../train/tensor-file';
import { allFigures } from './plots';
import type { Results } from './results';
import { FigureDrawer, svgToPng } from './static/draw';
import { type ReportTable, tableMarkdown } from './table';
import { tableCsv, tableLatex } from './table-files';
import { allTables } from './tables';

/** Pixels of a PNG for each pixel of the layout. */
const PNG_SCALE = 1.5;

/**
 * Writes all tables (Markdown, LaTeX, CSV, JSON), all figures (SVG, PNG, plotly JSON) and `results.json` into
 * `folder`. Everything is made beside it first: a failure leaves the folder as it was.
 * @returns the names of the files
 * @throws FerlabError when the disk is full
 */
export async function saveReport(results: Results, folder: string): Promise<string[]> {
  let temporary: string | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    temporary = mkdtempSync(join(dirname(folder), '.report-'));
    writeFileSync(join(temporary, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    for (const [name, table] of Object.entries(allTables(results))) writeTable(join(temporary, name), table);
    await writeFigures(temporary, results);
    const names = readdirSync(temporary).sort();
    for (const name of names) renameSync(join(temporary, name), join(folder, name));
    return names;
  } catch (error) {
    throw explainWriteFailure(folder, error);
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
}

function writeTable(path: string, table: ReportTable): void {
  writeFileSync(`${path}.md`, `${tableMarkdown(table)}\n`);
  writeFileSync(`${path}.tex`, tableLatex(table));
  writeFileSync(`${path}.csv`, tableCsv(table));
  writeFileSync(`${path}.json`, `${JSON.stringify(table, null, 2)}\n`);
}

async function writeFigures(folder: string, results: Results): Promise<void> {
  const drawer = new FigureDrawer();
  for (const [name, figure] of Object.entries(allFigures(results))) {
    const svg = await drawer.svg(figure);
    writeFileSync(join(folder, `${name}.svg`), svg);
    writeFileSync(join(folder, `${name}.png`), await svgToPng(svg, PNG_SCALE));
    writeFileSync(join(folder, `${name}.plotly.json`), `${JSON.stringify(figure)}\n`);
  }
}

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { PAGE_SCRIPT } from '../page-script';
import { projectRoot } from '../paths';
import type { PlotlyFigure } from '../report/figure';
import { tableOfFigure } from '../report/figures/numbers';
import { writeFigures, writeTables } from '../report/save';
import type { ReportTable } from '../report/table';
import { modelFiles } from '../run/published-models';
import { leadingModel, type SiteModel } from './content';
import { packCopies } from './data/copies';
import { loadPictures, writePictures } from './data/pictures';
import { dataScript, packPredictions } from './data/predictions';
import { numbersName } from './parts/exhibit';

/** The scripts of the pages, each with what it imports in one file. */
const CLIENT_SCRIPTS = ['compare', 'explorer', 'figures', 'predictions'] as const;

/** Style, scripts and plotly. */
export function writeAssets(folder: string): void {
  const source = join(projectRoot(), 'src', 'site');
  copyFileSync(join(source, 'assets', 'style.css'), join(folder, 'style.css'));
  copyFileSync(require.resolve('plotly.js-dist-min/plotly.min.js'), join(folder, 'plotly.min.js'));
  const entryPoints = CLIENT_SCRIPTS.map((name) => join(source, 'client', `${name}.ts`));
  buildSync({ ...PAGE_SCRIPT, entryPoints, outdir: folder });
}

/** Figures and tables in all their forms; of each figure its numbers too. */
export async function writeExhibits(
  folder: string,
  {
    figures,
    tables,
  }: { figures: Readonly<Record<string, PlotlyFigure>>; tables: Readonly<Record<string, ReportTable>> },
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const numbers = Object.entries(figures).map(
    ([name, figure]) => [numbersName(name), tableOfFigure(figure) as ReportTable] as const,
  );
  writeTables(folder, { ...tables, ...Object.fromEntries(numbers) });
  await writeFigures(folder, figures);
}

/** What the site's scripts read. */
export async function writeData(
  folder: string,
  { models, source, data }: { models: readonly SiteModel[]; source: string; data?: string },
): Promise<void> {
  for (const model of models) {
    const script = dataScript('predictions', model.name, packPredictions(model));
    writeFileSync(join(folder, 'data', `predictions-${model.name}.js`), script);
  }
  const leading = leadingModel(models);
  const copies = packCopies(leading, source);
  if (copies) writeFileSync(join(folder, 'data', 'copies.js'), dataScript('copies', 'all', copies));
  if (data !== undefined) await writePictures(folder, await loadPictures(data, leading, source));
  for (const name of new Set(models.flatMap(({ fingerprint }) => fingerprint ?? [])))
    copyFileSync(join(source, name), join(folder, 'models', name));
}

/** What the pages link to. */
export function copyModel(target: string, model: SiteModel): void {
  const files = modelFiles(model.folder);
  for (const path of [files.record, files.card, files.results, files.predictions('test')])
    copyFileSync(path, join(target, path.slice(model.folder.length + 1)));
}

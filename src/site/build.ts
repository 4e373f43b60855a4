import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { auditClaim } from '../audit/audit';
import { loadClaim } from '../audit/gallery';
import { FerlabError } from '../errors';
import { projectRoot } from '../paths';
import { saveReport } from '../report/save';
import { FigureDrawer } from '../report/static/draw';
import { modelFiles } from '../run/published-models';
import { explainWriteFailure } from '../write-whole';
import { leadingModel, loadSiteModels, type SiteModel } from './content';
import { documentOf, type Page } from './page';
import { comparePage } from './pages/compare';
import { dataSheetPage } from './pages/data-sheet';
import { explorerPage, predictionsScript } from './pages/explorer';
import { figuresPage } from './pages/figures';
import { frontPage, plotAccuracies } from './pages/front';
import { predictionsPage } from './pages/predictions';
import { reproducePage } from './pages/reproduce';

/** Marks a folder as a site: only such a folder is replaced. */
const MARK = 'ferlab-site.json';

/** The parts of the site that are written apart, each a folder or a file. */
const CLIENT_SCRIPTS = ['explorer', 'figures'] as const;

/**
 * Builds the site beside its folder, then puts it in its place: a failure leaves an earlier site as it was.
 * @param models folder of the published models
 * @returns the names of the pages
 * @throws FerlabError when there are no models, the folder holds something else, or the disk is full
 */
export async function buildSite(folder: string, models: string): Promise<string[]> {
  const target = resolve(folder);
  refuseOther(target);
  const shown = loadSiteModels(models);
  if (shown.length === 0) {
    throw new FerlabError(`${models}: no model is published`, {
      remedy: 'publish one with `ferlab publish`',
    });
  }
  mkdirSync(dirname(target), { recursive: true });
  const made = mkdtempSync(join(dirname(target), '.site-'));
  try {
    const names = await writeSite(made, shown, models);
    rmSync(target, { recursive: true, force: true });
    chmodSync(made, 0o755); // a temporary folder is its owner's alone
    renameSync(made, target);
    return names;
  } catch (error) {
    throw explainWriteFailure(folder, error, 'build the site again');
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function refuseOther(target: string): void {
  if (!existsSync(target) || readdirSync(target).length === 0 || existsSync(join(target, MARK))) return;
  throw new FerlabError(`${target}: the folder contains other files than a site`, {
    remedy: 'choose another folder with --out',
  });
}

async function writeSite(folder: string, models: readonly SiteModel[], source: string): Promise<string[]> {
  for (const name of ['assets', 'predictions', 'models', 'report']) mkdirSync(join(folder, name));
  writeAssets(join(folder, 'assets'));
  for (const model of models) writeModel(folder, model);
  const leading = leadingModel(models);
  await saveReport(leading.results, join(folder, 'report', leading.name));
  await drawAccuracies(join(folder, 'assets', 'accuracies.svg'), models);
  const pages = await pagesOf(models, source);
  for (const page of pages) writeFileSync(join(folder, page.file), documentOf(page));
  const names = pages.map(({ file }) => file);
  writeFileSync(join(folder, MARK), `${JSON.stringify({ pages: names })}\n`);
  return names;
}

async function pagesOf(models: readonly SiteModel[], source: string): Promise<Page[]> {
  const { summary } = await auditClaim(loadClaim('paper'));
  return [
    frontPage(models, { verdict: summary }),
    figuresPage(leadingModel(models)),
    explorerPage(models),
    predictionsPage(models),
    comparePage(models, source),
    reproducePage(models),
    dataSheetPage(models),
  ];
}

/** Style, scripts and plotly. */
function writeAssets(folder: string): void {
  const source = join(projectRoot(), 'src', 'site');
  copyFileSync(join(source, 'assets', 'style.css'), join(folder, 'style.css'));
  copyFileSync(require.resolve('plotly.js-dist-min/plotly.min.js'), join(folder, 'plotly.min.js'));
  buildSync({
    entryPoints: CLIENT_SCRIPTS.map((name) => join(source, 'client', `${name}.ts`)),
    outdir: folder,
    bundle: true,
    format: 'iife', // a page that is opened from a file may not load modules
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  });
}

/** What the pages link to, and the predictions for the explorer. */
function writeModel(folder: string, model: SiteModel): void {
  const target = join(folder, 'models', model.name);
  mkdirSync(target);
  const files = modelFiles(model.folder);
  for (const path of [files.record, files.card, files.results, files.predictions('test')]) {
    copyFileSync(path, join(target, path.slice(model.folder.length + 1)));
  }
  writeFileSync(join(folder, 'predictions', `${model.name}.js`), predictionsScript(model));
}

async function drawAccuracies(path: string, models: readonly SiteModel[]): Promise<void> {
  const drawer = new FigureDrawer();
  try {
    writeFileSync(path, await drawer.svg(plotAccuracies(models)));
  } finally {
    drawer.close();
  }
}

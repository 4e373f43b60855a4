import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditReport, reportPage } from '@ferlab/audit';
import { auditClaim } from '../audit/audit';
import { type FigureVerdict, figureVerdicts } from '../audit/figure-verdicts';
import { loadClaim } from '../audit/gallery';
import { buildAuditPage } from '../audit/page/build';
import { projectRoot } from '../paths';
import { checklistOf } from './checklist/checklist';
import { CODECHECK_FILE, loadCodecheck } from './checklist/codecheck';
import { leadingModel, leadingNetwork, type SiteModel, seedGroups } from './content';
import { copyModel, writeAssets, writeData, writeExhibits } from './files';
import { writeLive } from './live/files';
import { documentOf, type Page } from './page';
import { AUDIT_FOLDER, auditPage } from './pages/audit';
import { comparePage } from './pages/compare';
import { explorerPage } from './pages/explorer';
import { figuresPage, type PaperReport, paperReport } from './pages/figures';
import { FRONT_FOLDER, frontPage } from './pages/front';
import { livePage } from './pages/live';
import { modelExhibits, modelPage } from './pages/model';
import { notebookPages } from './pages/notebooks';
import { predictionsPage } from './pages/predictions';
import { reproducePage } from './pages/reproduce';
import { type SiteStudy, siteStudies, studiesPage } from './pages/studies';
import { plotAccuracies } from './parts/accuracies';
import { type DocumentContext, documentPage, projectLinks } from './parts/documents';
import { tableEnergy } from './parts/energy';
import { html } from './parts/html';
import { loadMarkdown } from './parts/markdown';
import type { Repository } from './parts/repository';
import { siteTable } from './parts/table';

/** Marks a folder as a site: only such a folder is replaced. */
export const MARK = 'ferlab-site.json';

/** What a site is made of. */
export interface SiteContent {
  readonly models: readonly SiteModel[];
  /** Folder of the models. */
  readonly source: string;
  readonly repository: Repository;
  /** The user's copy of the data. */
  readonly data?: string;
}

/** Writes all files of a site into an empty folder. @returns the names of the pages */
export async function writeSite(folder: string, content: SiteContent): Promise<string[]> {
  for (const name of ['assets', 'data', 'models', 'report']) mkdirSync(join(folder, name));
  writeAssets(join(folder, 'assets'));
  await writeData(folder, content);
  const pages = await writePages(folder, content);
  const files = pages.map(({ file }) => file);
  const build = { hasPictures: content.data !== undefined, files, command: 'npx ferlab site' };
  for (const page of pages) writeFileSync(join(folder, page.file), documentOf(page, build));
  writeFileSync(join(folder, MARK), `${JSON.stringify({ pages: files })}\n`);
  return files;
}

async function writePages(folder: string, content: SiteContent): Promise<Page[]> {
  const { models, source, repository, data } = content;
  const audit = await auditClaim(loadClaim('paper'));
  const verdicts = figureVerdicts(audit);
  const render = await loadMarkdown();
  const names = new Set(models.map(({ name }) => name));
  const context = { site: folder, render, repository, models: names };
  const accuracies = plotAccuracies(models);
  await writeExhibits(join(folder, FRONT_FOLDER), { figures: { accuracies }, tables: {} });
  const reports = reportsOf(models, verdicts);
  for (const report of reports) await writeExhibits(join(folder, 'report', report.name), report);
  mkdirSync(join(folder, AUDIT_FOLDER));
  writeFileSync(join(folder, AUDIT_FOLDER, 'paper.html'), reportPage([{ report: audit, notes: [] }]));
  writeFileSync(join(folder, AUDIT_FOLDER, 'auditor.html'), buildAuditPage());
  const leading = leadingNetwork(models) ?? leadingModel(models);
  return [
    frontPage(models, { audit, accuracies, repository }),
    ...reports.map((report) =>
      figuresPage(report, { repository, others: reports.filter((other) => other !== report) }),
    ),
    explorerPage({
      models,
      hasCopies: leadingModel(models).fingerprint !== null,
      hasPictures: data !== undefined,
    }),
    predictionsPage(models),
    ...(await writeModels(folder, models, context)),
    comparePage(models, source),
    ...livePages(folder, models),
    auditPage(audit, verdicts, leading),
    reproducePage(models, evidenceOf(folder, models, audit)),
    ...notebookPages(folder, { render, resolve: projectLinks('notebooks/README.md', context) }),
    studiesPage(await writeStudies(folder)),
    ...documentPages(models, context),
  ];
}

/** The page that runs the best network in the browser, with what it runs; none where no network is published. */
function livePages(folder: string, models: readonly SiteModel[]): Page[] {
  const leading = leadingNetwork(models);
  if (leading?.run.kind !== 'network') return [];
  const { name, run, results } = leading;
  const { count, metrics, intervals } = results.test;
  writeLive(folder, run);
  const shown = { name, run, count, accuracy: metrics.accuracy, interval: intervals.accuracy };
  return [livePage(shown, (page) => page)];
}

/** The checklist with its evidence; the file of claims goes into the site. */
function evidenceOf(folder: string, models: readonly SiteModel[], audit: AuditReport) {
  const project = projectRoot();
  const codecheck = loadCodecheck(project);
  mkdirSync(join(folder, 'source'), { recursive: true });
  if (codecheck) copyFileSync(join(project, CODECHECK_FILE), join(folder, 'source', CODECHECK_FILE));
  return { codecheck, rows: checklistOf({ project, models, codecheck, audit }) };
}

/** The pages that also stand in the repository as Markdown. */
function documentPages(models: readonly SiteModel[], context: DocumentContext): Page[] {
  const cost = html`<section id="cost"><h2>What the trainings cost</h2>${siteTable(tableEnergy(models))}</section>`;
  return [
    documentPage('docs/data-sheet.md', context),
    documentPage('docs/ethics.md', context, { body: cost }),
    documentPage('docs/honest-bar.md', context),
    ...['bench/README.md', 'bench/xeon/README.md', 'bench/audit/README.md'].map((path) =>
      documentPage(path, context),
    ),
  ];
}

async function writeStudies(folder: string): Promise<SiteStudy[]> {
  const studies = siteStudies();
  for (const { name, figure, table } of studies) {
    const target = join(folder, 'report', name);
    await writeExhibits(target, { figures: { [name]: figure }, tables: { [`${name}-table`]: table } });
    for (const file of [`${name}.json`, `${name}.results.json`])
      copyFileSync(join(projectRoot(), 'studies', file), join(target, file));
  }
  return studies;
}

/** The best network of the official split, and the paper's network over seeds. */
function reportsOf(
  models: readonly SiteModel[],
  verdicts: ReadonlyMap<string, FigureVerdict>,
): PaperReport[] {
  const leading = leadingNetwork(models) ?? leadingModel(models);
  const official = { name: 'official', title: `Figures and tables of ${leading.name}`, models: [leading] };
  const groups = seedGroups(models).map((group) => {
    const { classifier, split } = group[0]!.results;
    const title = `Figures and tables of ${classifier.title}, ${split.protocol} split, over ${group.length} seeds`;
    return { name: split.protocol, title, models: group };
  });
  return [official, ...groups].map((report) => paperReport(report, verdicts));
}

/** Files and page of each model. */
async function writeModels(
  folder: string,
  models: readonly SiteModel[],
  context: DocumentContext,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (const model of models) {
    const target = join(folder, 'models', model.name);
    const exhibits = modelExhibits(model);
    await writeExhibits(target, exhibits);
    copyModel(target, model);
    pages.push(modelPage(model, exhibits, context));
  }
  return pages;
}

import type { FigureVerdict } from '../../audit/figure-verdicts';
import type { PlotlyFigure } from '../../report/figure';
import { reportFigures } from '../../report/figures/list';
import type { ReportTable } from '../../report/table';
import { reportTables } from '../../report/tables/list';
import type { SiteModel } from '../content';
import type { Page } from '../page';
import { modelChain } from '../parts/chain';
import { figureExhibit, tableExhibit } from '../parts/exhibit';
import { type Html, html } from '../parts/html';
import { metricOfTable, withVerdicts } from '../parts/paper-verdicts';
import type { Repository } from '../parts/repository';

/** All figures and tables of the paper, made of some models: one, or several that differ in their seed. */
export interface PaperReport {
  /** Name of its folder in `report/`, and of its page. */
  readonly name: string;
  readonly title: string;
  readonly models: readonly SiteModel[];
  readonly tables: Readonly<Record<string, ReportTable>>;
  readonly figures: Readonly<Record<string, PlotlyFigure>>;
}

/** The figures and tables of some models; the paper's own figures get the verdicts of the audit. */
export function paperReport(
  { name, title, models }: Pick<PaperReport, 'name' | 'title' | 'models'>,
  verdicts: ReadonlyMap<string, FigureVerdict>,
): PaperReport {
  const runs = models.map(({ results }) => results);
  const tables = Object.entries(reportTables(runs)).map(([file, table]) => {
    const metric = metricOfTable(file);
    return [file, metric ? withVerdicts(table, metric, verdicts) : table] as const;
  });
  return { name, title, models, tables: Object.fromEntries(tables), figures: reportFigures(runs[0]!) };
}

/** Every figure and table of a report with its numbers, files and origin. @param others pages of the other reports */
export function figuresPage(
  report: PaperReport,
  { repository, others }: { repository: Repository; others: readonly PaperReport[] },
): Page {
  const { name, title, models, tables, figures } = report;
  const folder = `report/${name}`;
  const files = models.map((model) => `models/${model.name}`).join(' ');
  const command = `npx ferlab report ${files} --out figures`;
  const of = (some: readonly SiteModel[]) => ({
    folder,
    chain: modelChain({ models: some, command, repository }),
  });
  const [all, first] = [of(models), of(models.slice(0, 1))];
  return {
    file: fileOf(report),
    title,
    body: html`<p class="lead">Figures 2 to 5 and Tables I to IV of the paper beside ours: ${models.map(
      (model, i) => html`${i > 0 && ', '}<a href="model-${model.name}.html">${model.name}</a>`,
    )}. ${models.length > 1 && 'Tables over seeds give means with their spread; the others are of the first.'}</p>
${others.map((other) => html`<p>See also: <a href="${fileOf(other)}">${other.title}</a>.</p>`)}
${contents(report)}
${Object.entries(tables).map(([file, table]) => tableExhibit(file, table, file.endsWith('-seeds') ? all : first))}
${Object.entries(figures).map(([file, figure]) => figureExhibit(file, figure, first))}`,
    scripts: ['assets/figures.js'],
  };
}

export const fileOf = ({ name }: PaperReport) => `figures-${name}.html`;

function contents({ name, tables, figures }: PaperReport): Html {
  const titles = [
    ...Object.entries(tables).map(([file, { title }]) => [file, title] as const),
    ...Object.entries(figures).map(([file, { layout }]) => [file, layout.title!.text] as const),
  ];
  return html`<nav class="contents" aria-label="Contents"><ul>${titles.map(([file, title]) => html`<li><a href="#${name}-${file}">${title}</a></li>`)}</ul></nav>`;
}

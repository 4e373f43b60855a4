import type { AuditReport } from '@ferlab/audit';
import { describeVerdict, type FigureVerdict } from '../../audit/figure-verdicts';
import { tableContradictions, tableReadings } from '../../audit/tables';
import { PAPER_DATASET } from '../../dataset/specs';
import { PAPER_TABLES, type PaperTable, paperClasses } from '../../report/paper';
import { column, type ReportTable } from '../../report/table';
import type { SiteModel } from '../content';
import type { Page } from '../page';
import { html } from '../parts/html';
import { fieldOf } from '../parts/paper-verdicts';
import { siteTable } from '../parts/table';

/** Where the auditor's own pages lie. */
export const AUDIT_FOLDER = 'audit';

/** The paper's tables with the verdict beside each printed figure, and the auditor's report. */
export function auditPage(
  report: AuditReport,
  verdicts: ReadonlyMap<string, FigureVerdict>,
  model: SiteModel,
): Page {
  const { assumptions, observations, summary } = report;
  return {
    file: 'audit.html',
    title: 'Can the paper’s tables be true?',
    body: html`<p class="lead verdict">${summary}.</p>
<p>The audit asks whether any confusion matrix yields the printed figures, under every reading of what they mean, by exact arithmetic. It judges figures, never people. <a href="${AUDIT_FOLDER}/paper.html">The whole report</a> has every check of every reading; <code>npx ferlab audit claims/paper.json</code> makes it again.</p>
<p>Any other table can be judged the same way: <a href="${AUDIT_FOLDER}/auditor.html">paste it into the auditor</a>, a page that works without a network.</p>
<details><summary>What is taken for granted</summary><ul>${assumptions.map((text) => html`<li>${text}</li>`)}</ul></details>
<h2>Every printed figure</h2>
${PAPER_TABLES.map((table) => siteTable(tableFigures(table, verdicts, model)))}
<p class="note">A figure is contradicted under a reading if it enters a set of printed figures that can’t all be true. That a figure enters many does not show which figure of the set is wrong.</p>
<h2>Contradictions</h2>${siteTable(tableContradictions(report), { isTitled: false })}
<h2>What the figures tell besides</h2><ul>${observations.map((text) => html`<li>${text}</li>`)}</ul>
<h2>Readings</h2><details><summary>All ${report.readings.length} readings</summary>${siteTable(tableReadings(report), { isTitled: false })}</details>
<h2>Published accuracies</h2><p>How often quoted accuracies on ${PAPER_DATASET.title} came about, and which hold: <a href="honest-bar.html">the honest bar</a>.</p>`,
  };
}

interface Figure {
  readonly name: string;
  readonly printed: string;
  /** The same figure of our model, as a share. */
  readonly ours: number;
  readonly verdict: FigureVerdict | undefined;
}

/** One of the paper's tables, figure by figure. */
function tableFigures(
  { number, caption, metric, values, overall }: PaperTable,
  verdicts: ReadonlyMap<string, FigureVerdict>,
  { results }: SiteModel,
): ReportTable<Figure> {
  const { metrics } = results.test;
  const own = metric === 'accuracy' ? 'recall' : metric;
  const rows = paperClasses(results.dataset.classes).map(
    ({ name, label, at }): Figure => ({
      name,
      printed: values[at]!,
      ours: metrics.perClass[label]![own],
      verdict: verdicts.get(fieldOf(name, metric)),
    }),
  );
  const whole: Figure = {
    name: 'Overall',
    printed: overall,
    ours: metric === 'accuracy' ? metrics.accuracy : metrics.macro[metric],
    verdict: verdicts.get(fieldOf('Overall', metric)),
  };
  return {
    title: `Table ${number}. ${caption}`,
    columns: [
      column('Emotion', ({ name }) => name),
      column('Printed', ({ printed }) => printed, { printed: true }),
      column('Ours', ({ ours }) => ours, { decimals: 3 }),
      column('Verdict', ({ verdict }) => describeVerdict(verdict)),
      column('Smallest contradiction that it enters', ({ verdict }) => verdict?.smallest),
    ],
    rows: [...rows, whole],
    notes: [
      `Ours: ${results.classifier.name}${metric === 'accuracy' ? '; recall by class, the paper does not say what its accuracy of a class is' : '; overall: macro mean'}.`,
    ],
  };
}

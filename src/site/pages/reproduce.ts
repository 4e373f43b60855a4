import { PAPER_DATASET } from '../../dataset/specs';
import { column, type ReportTable } from '../../report/table';
import { CODECHECK_FILE, type Codecheck } from '../checklist/codecheck';
import { numberOfClaim } from '../checklist/project';
import type { ChecklistRow } from '../checklist/row';
import { leadingModel, type SiteModel } from '../content';
import type { Page } from '../page';
import { type Html, html } from '../parts/html';
import { siteTable } from '../parts/table';

/** The checklists of artifact reviewers as the evidence answers them, and each claim with its command. */
export function reproducePage(
  models: readonly SiteModel[],
  { rows, codecheck }: { rows: readonly ChecklistRow[]; codecheck: Codecheck | null },
): Page {
  const { name } = leadingModel(models);
  const failed = rows.filter(({ holds }) => !holds).length;
  const state =
    failed === 0
      ? html`<span class="holds">all ${rows.length} hold</span>`
      : html`<span class="fails">${failed} of ${rows.length} fail</span>`;
  return {
    file: 'reproduce.html',
    title: 'Reproduce',
    body: html`<p class="lead">What artifact reviewers ask for, and what the evidence says: <span id="state">${state}</span>. Every row was computed from the files of this project when the site was built. A row fails when its evidence does.</p>
<p>Start with <code>npm start</code>, which installs everything and executes the notebooks, and <code>npx ferlab verify ${name}</code>, which evaluates the best model again on your copy of ${PAPER_DATASET.title}.</p>
${checklist(rows)}
${
  codecheck &&
  html`<h2 id="commands">Claims and commands</h2>${siteTable(tableClaims(models, codecheck))}
<p><a href="source/${CODECHECK_FILE}" download>${CODECHECK_FILE}</a> holds the manifest and these values in the form of CODECHECK.</p>`
}`,
  };
}

function checklist(rows: readonly ChecklistRow[]): Html {
  const row = ({
    list,
    demand,
    holds,
    evidence,
    links,
    command,
  }: ChecklistRow) => html`<tr class="demand"><th scope="row" class="text">${list}</th><td class="text">${demand}</td><td class="text"><span class="${holds ? 'holds' : 'fails'}">${holds ? 'holds' : 'fails'}</span></td><td class="text">${evidence}${links && html`<br>${links}`}</td><td class="text">${command && html`<code>${command}</code>`}</td></tr>
`;
  return html`<h2 id="checklist">Checklist</h2><div class="scroll" tabindex="0" role="region" aria-label="Checklist"><table><thead><tr>${['List', 'Demand', 'Evidence', 'What was found', 'Command'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody></table></div>`;
}

type Claim = Codecheck['claims'][number];

function tableClaims(models: readonly SiteModel[], { claims }: Codecheck): ReportTable<Claim> {
  return {
    title: 'One command for each claim',
    columns: [
      column('Claim', ({ claim }) => claim),
      column('Command', ({ command }) => command),
      column('Expected', ({ expected }) => expected, { decimals: 4 }),
      column('From the predictions', (claim) => numberOfClaim(claim, models), { decimals: 4 }),
      column('Tolerance', ({ tolerance }) => String(tolerance)),
      column('Processor time, s', ({ seconds }) => seconds, { decimals: 0 }),
      column('Measured on', ({ machine }) => machine),
    ],
    rows: claims,
    notes: [
      `Processor time: of the whole command, over all cores. Tolerance: largest difference on another processor, on data with equal pixels; the command states the tolerance of every other number, and of copies that were compressed.`,
    ],
  };
}

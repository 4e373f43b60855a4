import type { AuditReport } from '@ferlab/audit';
import type { SiteModel } from '../content';
import { html } from '../parts/html';
import type { Codecheck } from './codecheck';
import { modelRows } from './models';
import { projectRows } from './project';
import type { ChecklistRow, List } from './row';

const ORDER: readonly List[] = [
  'ACM: available',
  'ACM: functional',
  'ACM: reusable',
  'ACM: reproduced',
  'CODECHECK',
  'NeurIPS checklist',
  'ML reproducibility checklist',
  'Datasheets for Datasets',
];

/** What a checklist looks at. */
export interface ChecklistEvidence {
  /** Folder of the project. */
  readonly project: string;
  readonly models: readonly SiteModel[];
  readonly codecheck: Codecheck | null;
  /** Of the paper's tables. */
  readonly audit: Pick<AuditReport, 'verdict' | 'summary'>;
}

/** All rows, list by list. */
export function checklistOf({ project, models, codecheck, audit }: ChecklistEvidence): ChecklistRow[] {
  const rows = [...projectRows(project, models, codecheck), ...modelRows(models), auditRow(audit)];
  return rows.sort((a, b) => ORDER.indexOf(a.list) - ORDER.indexOf(b.list));
}

const auditRow = ({ verdict, summary }: ChecklistEvidence['audit']): ChecklistRow => ({
  list: 'ACM: reproduced',
  demand: 'The audit finds the paper’s tables impossible as printed',
  holds: verdict === 'impossible',
  evidence: summary,
  links: html`<a href="audit.html">Audit</a>`,
  command: 'npx ferlab audit claims/paper.json',
});

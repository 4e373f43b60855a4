// The auditor: everything that other code may use comes through here.

export { type AuditOptions, auditClaim } from './audit';
export { type Claim, entryOf } from './claim/claim';
export { parseClaim } from './claim/parse-claim';
export type { Reading } from './claim/reading';
export { claimJsonSchema, validateClaim } from './claim/schema';
export { ClaimError } from './error';
export type { LoadHighs } from './matrix/solver';
export { claimFromTable, type ReadTable, readTable } from './read/claim-from-table';
export { readTables } from './read/read-tables';
export { changeField, printedIn } from './repair/fields';
export { describeRepair } from './report/describe-repair';
export { type AuditedTable, reportHtml, reportPage, verdictHtml } from './report/html-report';
export type {
  AuditReport,
  Certificate,
  CheckResult,
  ReadingReport,
  Repair,
  Verdict,
  Witness,
} from './report/report';
export {
  tableAudits,
  tableChecks,
  tableContradictions,
  tableReadings,
  tableWitness,
} from './report/report-tables';
export type { AuditTable } from './report/table';
export { formatReport, formatSummary } from './report/text-report';
export { describeUnused, tableUnderstood, type UnusedText } from './report/understood';

// The helper module: everything that the notebooks import comes through here.

export { type AuditOptions, auditClaim } from './audit/audit';
export type { Claim } from './audit/claim';
export { parseClaim, readClaim } from './audit/read-claim';
export type { AuditReport, Certificate, CheckResult, ReadingReport, Verdict, Witness } from './audit/report';
export { validateClaim } from './audit/schema';
export { formatReport } from './audit/text-report';
export * from './dataset/dataset';
export * from './dataset/emotions';
export { FerlabError } from './errors';

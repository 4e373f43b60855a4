import * as audit from '@ferlab/audit';
import { arrayColumns, type ReportTable } from '../report/table';

// The auditor's tables, as the tables of this project.

function toReportTable({ title, columns, rows }: audit.AuditTable): ReportTable {
  return { title, columns: arrayColumns(columns), rows };
}

/** The contradictions of all readings, those with the fewest figures first. */
export function tableContradictions(report: audit.AuditReport, limit?: number): ReportTable {
  return toReportTable(audit.tableContradictions(report, limit));
}

/** Every reading, a column for each thing that it decides, with its verdict and its smallest contradiction. */
export function tableReadings(report: audit.AuditReport): ReportTable {
  return toReportTable(audit.tableReadings(report));
}

/** Every check of one reading, with its rule. */
export function tableChecks(reading: audit.ReadingReport): ReportTable {
  return toReportTable(audit.tableChecks(reading));
}

/** The figures of a claim as they were read: a row for each class, then the means. */
export function tableUnderstood(claim: audit.Claim): ReportTable {
  return toReportTable(audit.tableUnderstood(claim));
}

/** One line for each of several audits. */
export function tableAudits(reports: readonly audit.AuditReport[]): ReportTable {
  return toReportTable(audit.tableAudits(reports));
}

/** The matrix of a reading that can be true, rows are true classes; undefined when none was found. */
export function tableWitness(
  reading: audit.ReadingReport,
  classes: readonly string[],
): ReportTable | undefined {
  const table = audit.tableWitness(reading, classes);
  return table && toReportTable(table);
}

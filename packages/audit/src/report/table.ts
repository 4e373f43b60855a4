/** A table of a report as values, for whoever lays it out. */
export interface AuditTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

import type { PrintedInterval } from '../claim/claim';
import { ClaimError } from '../error';
import type { UnusedText } from '../report/understood';

/** A figure of the overall accuracy with the line that it stands in. */
export interface PrintedAccuracy {
  readonly text: string;
  readonly line: number;
}

/** The cells of a confusion matrix, rows being true classes. */
export interface DraftMatrix {
  readonly normalised: 'rows' | 'columns' | 'all' | 'counts';
  readonly cells: readonly (readonly (string | number | null)[])[];
  readonly line: number;
  /** The cells are whole numbers whose rows add up to about 100. */
  readonly mayBePercent?: boolean;
}

/** What was read so far. */
export interface Draft {
  classes: string[];
  readonly supports: Map<string, number>;
  readonly perClass: Map<string, Map<string, string>>;
  readonly rates: Map<string, Map<string, string>>;
  readonly means: Map<string, Map<string, string>>;
  readonly accuracies: PrintedAccuracy[];
  errorRate?: string;
  /** By measure, see `AgreementMeasure`. */
  readonly agreement: Map<string, string>;
  /** Confidence intervals, by `accuracy` or `perClass.recall`, then by class. */
  readonly intervals: Map<string, Map<string, PrintedInterval>>;
  /** Area under the ROC curve, and its line. */
  area?: { readonly text: string; readonly line: number };
  /** Geometric mean of the recalls, and its line. */
  gMean?: { readonly text: string; readonly line: number };
  /** Top-k accuracies by k. */
  readonly topK: Map<string, string>;
  /** Standard deviation of the accuracy. */
  deviation?: string;
  /** Standard deviations of figures of the classes, by metric and class. */
  readonly deviations: Map<string, Map<string, string>>;
  readonly notes: UnusedText[];
  n?: number | undefined;
  matrix?: DraftMatrix;
  severalLabels?: boolean;
  /** Line of a figure that is a mean over something, if there is one. */
  uncertain?: number;
}

export function emptyDraft(): Draft {
  return {
    classes: [],
    supports: new Map(),
    perClass: new Map(),
    rates: new Map(),
    means: new Map(),
    accuracies: [],
    agreement: new Map(),
    intervals: new Map(),
    deviations: new Map(),
    topK: new Map(),
    notes: [],
  };
}

/** Enters a figure of a class or a mean into its table. */
export function enter(
  tables: Draft['perClass'],
  table: string,
  { key, text, line }: { key: string; text: string; line: number },
): void {
  const figures = tables.get(table) ?? new Map<string, string>();
  const known = figures.get(key);
  if (known !== undefined && known !== text) {
    throw unreadable(
      `line ${line}: ${table} of ${key} occurs twice, as ${known} and ${text}`,
      'keep one of the two',
    );
  }
  tables.set(table, figures.set(key, text));
}

/** Enters kappa or Matthews' correlation. */
export function enterAgreement(
  { agreement }: Draft,
  measure: string,
  { text, line }: { text: string; line: number },
): void {
  const known = agreement.get(measure);
  if (known !== undefined && known !== text) {
    throw unreadable(
      `line ${line}: ${measure} occurs twice, as ${known} and ${text}`,
      'keep the one of the evaluation that the table is of',
    );
  }
  agreement.set(measure, text);
}

/** The error for a text that holds the figures of several systems, which `readTables` may tell apart. */
export class SeveralSystems extends ClaimError {}

/** The error for a text that can't be read as one claim. */
export function unreadable(why: string, remedy: string): ClaimError {
  return new ClaimError(`can't read the table: ${why}`, { remedy });
}

/** The error for a table whose rows or columns are several systems. */
export function severalSystems(what: string, example: string): SeveralSystems {
  return severalClaims(
    `${what} are several systems, folds or data sets, not classes of one evaluation (${example})`,
  );
}

/** As `severalSystems`, with the whole reason. */
export function severalClaims(why: string): SeveralSystems {
  return new SeveralSystems(`can't read the table as one claim: ${why}`, {
    remedy:
      'read it with readTables or `ferlab audit FILE`, a claim for each of them, or keep the figures of one',
  });
}

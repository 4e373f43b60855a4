import type { Claim } from '../claim/claim';
import type { Reading } from '../claim/reading';

/** What arithmetic says about figures; `impossible` always means: impossible as printed. */
export type Verdict = 'consistent' | 'impossible' | 'not enough information';

/** A printed figure, as a certificate names it. */
export interface FigureReference {
  /** Path of the figure in the claim, such as `perClass.recall.Happy`. */
  readonly field: string;
  /** What it is under the reading at hand, such as `recall of Happy`. */
  readonly meaning: string;
  /** The characters printed. */
  readonly text: string;
}

/** Why figures can't all be true: a contradiction that a reader can check with pencil and paper. */
export interface Certificate {
  /** The figures that enter the contradiction. */
  readonly figures: readonly FigureReference[];
  /** Figures of which only is used that none exceeds (or none is below) the extreme one among `figures`. */
  readonly others?: readonly FigureReference[];
  /** It holds whatever the supports and n are, though other contradictions by the same rule may rest on them. */
  readonly isFree?: boolean;
  /** The contradiction in words and numbers. */
  readonly statement: string;
  /**
   * `smallest` when no smaller set of figures contradicts itself by the same rule, `irreducible` when dropping any
   * one of the figures ends the contradiction that this rule finds, `reduced` when figures were dropped as long as
   * time allowed, so that some may be superfluous.
   */
  readonly minimality: 'smallest' | 'irreducible' | 'reduced';
}

/** A confusion matrix that yields every printed figure. */
export interface Witness {
  /** Counts, rows are true classes; for means over runs, the sum of the runs' matrices. */
  readonly matrix: readonly (readonly number[])[];
  readonly supports: readonly number[];
  readonly n: number;
  /** Correct answers and items of each run or fold, where a standard deviation over them is printed. */
  readonly parts?: readonly { readonly correct: number; readonly items: number }[];
  /** Names of the rows where the source names no classes. */
  readonly classes?: readonly string[];
}

/** What one check found under one reading. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was found, with the numbers. */
  readonly detail: string;
  /** The rule and why it holds. */
  readonly rule: string;
  /** Where the rule comes from. */
  readonly source: string;
  readonly certificates: readonly Certificate[];
}

/** All checks under one reading. */
export interface ReadingReport {
  readonly reading: Reading;
  readonly description: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
  /** The certificate with the fewest figures, when impossible. */
  readonly certificate?: Certificate;
  /** When consistent. */
  readonly witness?: Witness;
}

/** A change of what is taken for granted under which the figures are not impossible. */
export interface Otherwise {
  /** Such as `the figures are truncated`. */
  readonly words: string;
  readonly verdict: Exclude<Verdict, 'impossible'>;
  /** What then stands behind the figures, if it was found. */
  readonly witness?: Witness;
}

/** One printed figure or count that is changed. */
export interface Change {
  readonly field: string;
  readonly meaning: string;
  /** What is printed. */
  readonly from: string;
  /** What would fit; undefined where it could not be told. */
  readonly to?: string;
  /** The typing mistake that explains it, such as `two digits exchanged`. */
  readonly how?: string;
}

/** The smallest change that makes everything fit. */
export interface Repair {
  /** None where no change was found. */
  readonly changes: readonly Change[];
  /** So many changes are needed at least, under every reading: that is proven. */
  readonly atLeast: number;
  /** `consistent` when a matrix yields every figure after the change, which was then checked. */
  readonly verdict?: Exclude<Verdict, 'impossible'>;
  /** The reading under which it fits. */
  readonly reading?: string;
  readonly witness?: Witness;
}

/** The audit of a claim. */
export interface AuditReport {
  /** What was audited. */
  readonly claim: Claim;
  readonly title: string;
  readonly source?: string;
  readonly note?: string;
  /** Impossible only if every reading is; consistent if one reading has a witness. */
  readonly verdict: Verdict;
  /** Names of the classes, in the order of the rows of a witness. */
  readonly classes: readonly string[];
  /** The verdict as a sentence. */
  readonly summary: string;
  /** What is taken for granted, in words. */
  readonly assumptions: readonly string[];
  /** The usual readings. */
  readonly readings: readonly ReadingReport[];
  /** When no usual reading is possible: readings with an unusual convention that can't be ruled out. */
  readonly unusual: readonly ReadingReport[];
  /** When impossible: what would make the figures possible, or at least not impossible. */
  readonly otherwise: readonly Otherwise[];
  /** When impossible: the smallest change that makes everything fit, if one was found. */
  readonly repair?: Repair;
  /** What the figures tell about their origin and their power to contradict; no verdicts. */
  readonly observations: readonly string[];
  /** Seconds spent. */
  readonly seconds: number;
}

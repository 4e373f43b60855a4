// What the site's scripts are handed by its data files.

/** Predictions of a model's test part. */
export interface PackedPredictions {
  /** What stands for a probability of 1. */
  readonly whole: number;
  /** Fitted on the validation part; logits are divided by it. */
  readonly temperature: number;
  readonly rows: readonly number[];
  readonly labels: readonly number[];
  readonly predicted: readonly number[];
  /** Rows of which the training part holds an exact copy; null where nobody looked. */
  readonly copies: readonly number[] | null;
  /** [count, classes] */
  readonly probabilities: readonly number[];
}

/** Where else an image stands in the data: rows with equal pixels, with label and official part of each. */
export interface PackedCopies {
  readonly parts: readonly string[];
  /** Groups of at least two: row, label, index of the part, for each member. */
  readonly groups: readonly (readonly (readonly [row: number, label: number, part: number])[])[];
}

/** What only a build with the user's own data knows of each row. */
export interface PackedImages {
  /** Mean grey level, 0 to 255. */
  readonly brightness: readonly number[];
  /** What the raters of FER+ could choose, and their votes, [count, choices]; null without FER+. */
  readonly votes: { readonly choices: readonly string[]; readonly counts: string } | null;
  /** Sheets of pictures. */
  readonly sheets: { readonly side: number; readonly columns: number; readonly images: number };
}

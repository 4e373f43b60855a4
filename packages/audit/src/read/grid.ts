/** A row of a table as it stands in the text. */
export interface GridRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table of cells. */
export interface Grid {
  readonly type: 'grid';
  readonly rows: readonly GridRow[];
  /** Cells that a row lacks are missing on the left, as in reports whose figures stand flush right. */
  readonly isFlushRight?: boolean;
  /** The first row holds figures too, or there are no names: an array. */
  readonly isBare?: boolean;
  /** The rows of a confusion matrix are predicted classes. */
  readonly rowsArePredictions?: boolean;
}

/** A table of cells, or a line beside the tables. */
export type Block = Grid | { readonly type: 'line'; readonly line: number; readonly text: string };

/** What a reader found out about a copy. */
export interface ReadOutcome {
  /** The form that it is in, such as `gzip of CSV`. */
  readonly form: string;
  /** What holds the images, in whatever it lies. */
  readonly layout: 'csv' | 'pictures' | 'parquet';
  /** Whether classes are given by name or by number. */
  readonly labels: 'names' | 'numbers';
  /** How the parts are known. */
  readonly parts: string;
  /** What was passed over or is unusual, each in words. */
  readonly notes: readonly string[];
}

/** How a copy was read: kept with its cache, told by `ferlab data info` and in a run's record. */
export interface CopyReading extends ReadOutcome {
  /** What the classes are known by, in words. */
  readonly classes: string;
  /** The order of the classes as a person stated it, if one did; see `parseClassOrder`. */
  readonly statedOrder?: string;
  /** Whether nothing shows the order of the classes, so that one was assumed. */
  readonly isOrderAssumed: boolean;
  /** Whether it is the very data that its makers published, and how that is known; null where it is not. */
  readonly genuine: string | null;
}

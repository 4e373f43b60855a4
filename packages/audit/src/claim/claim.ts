import type { Rounding } from '../numbers/interval';

/** Measures that exist for one class. `accuracy` is what the source calls so: recall, or one-vs-rest accuracy. */
export type ClassMetric = 'accuracy' | 'precision' | 'recall' | 'f1';

/** Further measures of one class against all others; `jaccard` is the intersection over the union, `f2` and `f05`
 * are F-beta with beta 2 and 1/2. */
export type ClassRate = 'specificity' | 'npv' | 'fpr' | 'fnr' | 'jaccard' | 'f2' | 'f05';

/** Measures of which means over the classes are printed. */
export type MeanMetric = 'precision' | 'recall' | 'f1';

/** Overall agreement of true and predicted classes, from -1 to 1: Cohen's kappa, Matthews' correlation (of any number of classes). */
export type AgreementMeasure = 'kappa' | 'mcc';

/** These measures in words. */
export const AGREEMENT_WORDS: Readonly<Record<AgreementMeasure, string>> = {
  kappa: "Cohen's kappa",
  mcc: "Matthews' correlation",
};

/** How a mean over the classes was taken; `unspecified` where the source does not say. */
export type MeanKind = 'macro' | 'weighted' | 'micro' | 'unspecified';

/** What the figures of a claim are figures of. */
export type Aggregation =
  /** one evaluation on one set */
  | { readonly kind: 'single' }
  /** means over `count` runs, each evaluated on the same set */
  | { readonly kind: 'runs'; readonly count: number }
  /** means over `count` parts of the set, whose sizes differ by at most one */
  | { readonly kind: 'folds'; readonly count: number }
  /** means over batches of `size` items, the last of which may be smaller */
  | { readonly kind: 'batches'; readonly size: number }
  /** means over several evaluations, how many and on which items the source does not say */
  | { readonly kind: 'unknown' };

/** A confidence interval as printed. */
export interface PrintedInterval {
  readonly low: string;
  readonly high: string;
  /** `95%` unless given. */
  readonly level?: '90%' | '95%' | '99%';
}

/** McNemar's test against another system on the same items. */
export interface PrintedMcNemar {
  /** Such as `0.032` or `<0.001`. */
  readonly p: string;
  /** Items that this system alone gets right, and the other alone. */
  readonly b?: number;
  readonly c?: number;
  /** Accuracy of the other system. */
  readonly other?: string;
}

/** Cells of a confusion matrix, one row for each true class, as far as they are printed. */
export interface ConfusionClaim {
  /** What a cell was divided by: the support of its row, the predictions of its column, all items, or nothing. */
  readonly normalised: 'rows' | 'columns' | 'all' | 'counts';
  /** For each true class, one figure (or whole number, for counts) for each predicted class; null where unreadable. */
  readonly rows: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/**
 * The numbers that a source prints about one classifier. Figures are strings, so that trailing zeros count;
 * whatever is missing was not printed.
 */
export interface Claim {
  readonly title: string;
  /** Where the figures stand: paper, table, page or address. */
  readonly source?: string;
  /** Anything that a reader of the audit should know. */
  readonly note?: string;
  /** A data set whose official counts are built in, such as `fer2013`; see `datasetCapacities`. */
  readonly dataset?: string;
  /** The part of the data set that was evaluated, such as `PrivateTest`; missing when the source does not say. */
  readonly part?: string;
  /** `several` when an item may have several labels, or none of these: then no confusion matrix stands behind the figures. */
  readonly labels?: 'one' | 'several';
  /** Class names, in the order of the confusion matrix; none where the source does not name them. */
  readonly classes: readonly string[];
  /** Number of items evaluated, as printed. */
  readonly n?: number;
  /** Number of items of each class, as printed. */
  readonly supports?: Readonly<Record<string, number>>;
  /** Share of the items that was held out for testing, such as `0.15`, if the supports may be of the whole set. */
  readonly testShare?: string;
  /** `percent` when figures without a percent sign are hundredths; `fraction` unless given. */
  readonly scale?: 'fraction' | 'percent';
  /** `nearest` unless given. */
  readonly rounding?: Rounding;
  /** `single` unless given. */
  readonly aggregation?: Aggregation;
  readonly accuracy?: string;
  /** Share of wrong answers. */
  readonly errorRate?: string;
  /** Further prints of the accuracy, such as the same number with other decimals below a report. */
  readonly alsoAccuracy?: readonly string[];
  readonly perClass?: Readonly<Partial<Record<ClassMetric, Readonly<Record<string, string>>>>>;
  readonly rates?: Readonly<Partial<Record<ClassRate, Readonly<Record<string, string>>>>>;
  readonly means?: Readonly<Partial<Record<MeanKind, Readonly<Partial<Record<MeanMetric, string>>>>>>;
  /** Shares of the items whose class is among the k likeliest, by k from 2 on. */
  readonly topK?: Readonly<Record<string, string>>;
  /** Area under the receiver operating characteristic, of two classes. */
  readonly auc?: string;
  /** Geometric mean of the recalls of all classes. */
  readonly gMean?: string;
  /** Fractions whatever `scale` says, unless they have a percent sign. */
  readonly agreement?: Readonly<Partial<Record<AgreementMeasure, string>>>;
  /** Intervals of the accuracy and of recalls, by the field of the figure, such as `perClass.recall.Happy`. */
  readonly intervals?: Readonly<Record<string, PrintedInterval>>;
  /** A comparison with another system; told, and never a contradiction. */
  readonly mcnemar?: PrintedMcNemar;
  /** Standard deviations of figures that are means over runs or folds. */
  readonly deviations?: {
    readonly accuracy?: string;
    /** Of figures of the classes. */
    readonly perClass?: Readonly<Partial<Record<MeanMetric, Readonly<Record<string, string>>>>>;
  };
  /** What the standard deviations divide by: one less than the number of runs or folds, or that number; either unless given. */
  readonly deviationKind?: 'sample' | 'population';
  readonly confusion?: ConfusionClaim;
}

/** The entry of a class in a table; nothing where it has none, even for a class named `constructor`. */
export function entryOf<T>(table: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

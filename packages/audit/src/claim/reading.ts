import { type Claim, entryOf, type MeanMetric } from './claim';
import { classCapacity, findDataset } from './datasets';

/**
 * One way to understand a claim where its source leaves it open. Every reading is audited by itself: a claim is
 * impossible only if all of its readings are.
 */
export interface Reading {
  /** What the source calls accuracy of a class: its recall, or the accuracy of telling it from all others. */
  readonly classAccuracy?: 'recall' | 'one-vs-rest';
  /** The overall accuracy: the share of correct answers, or a mean of the class accuracies. */
  readonly accuracy?: 'share correct' | 'mean of classes' | 'weighted mean of classes';
  /** The means over classes whose kind the source does not state; with two classes, they may be figures of one. */
  readonly means?: 'macro' | 'weighted' | 'micro' | 'first class' | 'second class';
  /** Where these means are not all of one kind: the kind of each. */
  readonly meansOf?: Readonly<Partial<Record<MeanMetric, 'macro' | 'weighted'>>>;
  /** Macro-F1: the mean of the F1s, or the F1 of the mean precision and mean recall (Opitz and Burst 2019). */
  readonly macroF1?: 'mean of F1s' | 'F1 of means';
  /** Weighted F1: the weighted mean of the F1s unless given, or the F1 of the weighted precision and recall. */
  readonly weightedF1?: 'F1 of means';
  /** A measure with nothing in its denominator: 0 unless given, 1, or left out of the means. */
  readonly undefinedAs?: 'one' | 'left out';
  /** Items may have several labels, or classes are left out: where micro means stand in place of an accuracy. */
  readonly labels?: 'several, or classes are left out';
  /** Figures that come out of other printed figures, rounded as they are, were computed from these. */
  readonly fromRounded?: 'yes';
  /**
   * The printed supports are those of the items evaluated, those of the set from which a share was held out (in
   * proportion, give or take an item or two of each class), or not usable.
   */
  readonly supports?: 'as printed' | 'test share' | 'unknown';
}

/** The readings under which a claim can be understood, the most natural one first. */
export function readingsOf(claim: Claim): Reading[] {
  const hasClassAccuracy = claim.perClass?.accuracy !== undefined;
  const readings: Reading[] = [];
  for (const supports of supportReadings(claim)) {
    for (const classAccuracy of hasClassAccuracy ? (['recall', 'one-vs-rest'] as const) : [undefined]) {
      for (const accuracy of accuracyReadings(claim, classAccuracy)) {
        for (const mean of meanReadings(claim)) {
          readings.push(compact({ classAccuracy, accuracy, ...mean, supports }));
        }
      }
    }
  }
  return readings;
}

/** What readings decide, in words. */
export const READING_WORDS: Readonly<Record<keyof Reading, string>> = {
  classAccuracy: 'accuracy of a class',
  accuracy: 'overall accuracy',
  means: 'overall means',
  macroF1: 'macro-F1',
  supports: 'supports',
  meansOf: 'kinds of the overall means',
  weightedF1: 'weighted F1',
  undefinedAs: 'measures without a denominator',
  fromRounded: 'computed from rounded figures',
  labels: 'labels of an item',
};

/** What a reading decides, in the order of {@link READING_WORDS}. */
export const READING_KEYS = Object.keys(READING_WORDS) as readonly (keyof Reading)[];

/** The reading in words, such as `accuracy of a class = recall; supports = as printed`. */
export function describeReading(reading: Reading): string {
  const decided = READING_KEYS.filter((key) => reading[key] !== undefined);
  return (
    decided.map((key) => `${READING_WORDS[key]} = ${readingWord(reading, key)}`).join('; ') ||
    'the only reading'
  );
}

/** What a reading decides about one thing, in words; empty where it decides nothing. */
export function readingWord(reading: Reading, key: keyof Reading): string {
  const value = reading[key];
  if (typeof value !== 'object') return value ?? '';
  return Object.entries(value)
    .map(([metric, kind]) => `${metric} ${kind}`)
    .join(', ');
}

function supportReadings(claim: Claim): Reading['supports'][] {
  if (!claim.supports)
    return [isWholePart(claim) || claim.confusion?.normalised === 'counts' ? 'as printed' : 'unknown'];
  const share: Reading['supports'][] = claim.testShare ? ['test share'] : [];
  return ['as printed', ...share, ...(supportsFail(claim) ? (['unknown'] as const) : [])];
}

/** Supports that contradict themselves are also set aside, to see what the other figures say without them. */
function supportsFail(claim: Claim): boolean {
  const counts = claim.classes.map((name) => entryOf(claim.supports, name));
  const dataset = findDataset(claim.dataset ?? '');
  const part = dataset && (claim.part ? dataset.parts[claim.part] : dataset.all);
  const overfull = claim.classes.some(
    (name, i) => part && (counts[i] ?? 0) > (classCapacity(part, name) ?? Infinity),
  );
  const complete = counts.every((count) => count !== undefined);
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return overfull || (claim.n !== undefined && (complete ? total !== claim.n : total > claim.n));
}

/** A named part of a data set stands for its official class counts, unless n says that not all of it was used. */
export function isWholePart(claim: Claim): boolean {
  const part = claim.part === undefined ? undefined : findDataset(claim.dataset ?? '')?.parts[claim.part];
  return part?.classes !== undefined && (claim.n === undefined || claim.n === part.total);
}

/** The mean of the recalls by the supports is the share of correct answers, so it is no reading of its own. */
function accuracyReadings(claim: Claim, classAccuracy: Reading['classAccuracy']): Reading['accuracy'][] {
  if (claim.accuracy === undefined || !classAccuracy) return [undefined];
  if (classAccuracy === 'recall') return ['share correct', 'mean of classes'];
  return ['share correct', 'mean of classes', 'weighted mean of classes'];
}

function meanReadings(claim: Claim): Pick<Reading, 'means' | 'macroF1'>[] {
  const macro = (of?: { f1?: string | undefined }) =>
    of?.f1 === undefined ? [undefined] : (['mean of F1s', 'F1 of means'] as const);
  if (!claim.means?.unspecified) return macro(claim.means?.macro).map((macroF1) => ({ macroF1 }) as Reading);
  const macroF1s = macro({ f1: claim.means.unspecified.f1 ?? claim.means.macro?.f1 });
  return [
    ...macroF1s.map((macroF1) => ({ means: 'macro', macroF1 }) as Reading),
    ...macro(claim.means.macro).map((macroF1) => ({ means: 'weighted', macroF1 }) as Reading),
    ...oneClass(claim).flatMap((means) =>
      macro(claim.means!.macro).map((macroF1) => ({ means, macroF1 }) as Reading),
    ),
  ];
}

/** Programs print the figures of the positive class where there are two. */
function oneClass({ classes }: Claim): ('first class' | 'second class')[] {
  if (classes.length === 0) return ['first class'];
  return classes.length === 2 ? ['first class', 'second class'] : [];
}

function compact(reading: { [K in keyof Reading]: Reading[K] | undefined }): Reading {
  return Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined)) as Reading;
}

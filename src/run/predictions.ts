/** The parts whose predictions are kept. */
export type PredictedPart = 'validation' | 'test';

/** What predictions were made with, and of what. */
export interface PredictionsOrigin {
  readonly part: PredictedPart;
  /** Names of the classes, in the order of the probabilities. */
  readonly classes: readonly string[];
  /** Hash of the classifier's weights. */
  readonly weightsSha256: string;
  /** Hash of the data. */
  readonly datasetSha256: string;
  /** Test-time views, where a network predicted. */
  readonly views?: string;
}

/** Rows of the images that lie in the training part too, pixel by pixel; undefined where nobody looked. */
interface KnownCopies {
  readonly copies?: readonly number[];
}

/** What a classifier says about the images of one part. */
export interface Predictions extends PredictionsOrigin, KnownCopies {
  /** Row numbers in the dataset, [count]. */
  readonly rows: Uint32Array;
  /** True classes, [count]. */
  readonly labels: Uint8Array;
  /** [count, classes] */
  readonly probabilities: Float32Array;
}

/** True classes [count] and probabilities [count, classes]. */
export type LabelledProbabilities = Pick<Predictions, 'labels' | 'probabilities'>;

/** The predictions of some images. @param isWanted asked with the place of each */
export function pickImages(
  { labels, probabilities }: LabelledProbabilities,
  isWanted: (place: number) => boolean,
): LabelledProbabilities {
  const classes = labels.length === 0 ? 0 : probabilities.length / labels.length;
  return {
    labels: labels.filter((_, place) => isWanted(place)),
    probabilities: probabilities.filter((_, at) => isWanted(Math.floor(at / classes))),
  };
}

/** The predictions of the images of which the training part holds no copy; null where nobody looked. */
export function pickWithoutCopies(predictions: Predictions): Predictions | null {
  if (!predictions.copies) return null;
  const copies = new Set(predictions.copies);
  const rows = predictions.rows.filter((row) => !copies.has(row));
  const rest = pickImages(predictions, (place) => !copies.has(predictions.rows[place]!));
  return { ...predictions, ...rest, rows, copies: [] };
}

/** How many classes probabilities tell apart. */
export const classesOf = ({ labels, probabilities }: LabelledProbabilities): number =>
  labels.length === 0 ? 0 : probabilities.length / labels.length;

/** How many images were called what they are. */
export function countHits(predictions: LabelledProbabilities): number {
  return predictedClasses(predictions).filter((label, i) => label === predictions.labels[i]).length;
}

/** The most probable class of each image, [count]; the first of equals. */
export function predictedClasses({ labels, probabilities }: LabelledProbabilities): Uint8Array {
  const classes = labels.length === 0 ? 0 : probabilities.length / labels.length;
  return labels.map((_, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
}

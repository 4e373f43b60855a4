import { type ConfusionMatrix, confusionMatrix } from '../evaluate/confusion';
import { classesOf, type LabelledProbabilities, pickImages, predictedClasses } from '../run/predictions';

/** What is printed as "accuracy", and the matrix from which tables would be printed beside it. */
export interface Printed {
  readonly accuracy: number;
  readonly confusion: ConfusionMatrix;
}

/** One way to arrive at a printed accuracy. */
export interface Measure {
  readonly name: MeasureName;
  readonly of: (predictions: LabelledProbabilities) => Printed;
}

export type MeasureName =
  | 'accuracy'
  | 'one-vs-rest'
  | 'binary-accuracy'
  | 'filtered-test'
  | 'relabelled-test'
  | 'balanced-by-copies';

/** Share of the test images that a filter keeps: those of which the network is surest. */
export const KEPT_SHARE = 0.8;

/** Probability from which on a network overrules a label. */
export const OVERRULING = 0.6;

/** The measures of the lab. The first one is honest. */
export const MEASURES: readonly Measure[] = [
  { name: 'accuracy', of: plain },
  { name: 'one-vs-rest', of: oneVsRest },
  { name: 'binary-accuracy', of: binaryAccuracy },
  { name: 'filtered-test', of: (predictions) => plain(withoutUnsure(predictions)) },
  { name: 'relabelled-test', of: (predictions) => plain(relabelled(predictions)) },
  { name: 'balanced-by-copies', of: (predictions) => plain(balanced(predictions)) },
];

function plain(predictions: LabelledProbabilities): Printed {
  const { labels } = predictions;
  const predicted = predictedClasses(predictions);
  const hits = predicted.filter((label, i) => label === labels[i]).length;
  return {
    accuracy: hits / labels.length,
    confusion: confusionMatrix(labels, predicted, classesOf(predictions)),
  };
}

/** Mean over the classes of the accuracy of "this class or not": every error is one for two classes. */
function oneVsRest(predictions: LabelledProbabilities): Printed {
  const { accuracy, confusion } = plain(predictions);
  return { accuracy: 1 - (2 * (1 - accuracy)) / classesOf(predictions), confusion };
}

/**
 * Share of the outputs on the right side of one half: what Keras prints as accuracy beside a binary cross-entropy. Of seven
 * classes, outputs that never pass one half have 6 of 7, 85.7 %.
 */
function binaryAccuracy(predictions: LabelledProbabilities): Printed {
  const { labels, probabilities } = predictions;
  const classes = classesOf(predictions);
  const right = probabilities.filter(
    (probability, at) => probability > 0.5 === (labels[Math.floor(at / classes)] === at % classes),
  ).length;
  return { accuracy: right / probabilities.length, confusion: plain(predictions).confusion };
}

const surestProbability = ({ probabilities }: LabelledProbabilities, classes: number, i: number): number =>
  Math.max(...probabilities.subarray(i * classes, (i + 1) * classes));

/** "Ambiguous images were removed": those of which the network is least sure. */
function withoutUnsure(predictions: LabelledProbabilities): LabelledProbabilities {
  const classes = classesOf(predictions);
  const sureness = [...predictions.labels.keys()].map((i) => surestProbability(predictions, classes, i));
  const kept = [...sureness.keys()]
    .sort((a, b) => sureness[b]! - sureness[a]!)
    .slice(0, Math.round(KEPT_SHARE * sureness.length));
  const isKept = new Set(kept);
  return pickImages(predictions, (place) => isKept.has(place));
}

/** "Wrong labels were corrected": where the network is sure of another class. */
function relabelled(predictions: LabelledProbabilities): LabelledProbabilities {
  const classes = classesOf(predictions);
  const predicted = predictedClasses(predictions);
  const labels = predictions.labels.map((label, i) =>
    surestProbability(predictions, classes, i) >= OVERRULING ? predicted[i]! : label,
  );
  return { ...predictions, labels };
}

/** Each class of the test part filled up to the size of the largest by copies of its images, in turn. */
function balanced({ labels, probabilities }: LabelledProbabilities): LabelledProbabilities {
  const classes = classesOf({ labels, probabilities });
  const ofClass = Array.from({ length: classes }, (_, label) =>
    [...labels.keys()].filter((i) => labels[i] === label),
  );
  const largest = Math.max(...ofClass.map(({ length }) => length));
  const drawn = ofClass.flatMap((members) =>
    members.length === 0 ? [] : Array.from({ length: largest }, (_, i) => members[i % members.length]!),
  );
  return {
    labels: Uint8Array.from(drawn, (i) => labels[i]!),
    probabilities: Float32Array.from(
      drawn.flatMap((i) => [...probabilities.subarray(i * classes, (i + 1) * classes)]),
    ),
  };
}

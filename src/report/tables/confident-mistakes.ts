import type { Results } from '../../evaluate/results';
import { type Predictions, predictedClasses } from '../../run/predictions';
import { SHARE, WHOLE } from '../columns';
import { column, type ReportTable } from '../table';
import { titled } from '../words';

interface Mistake {
  /** Row in the data, from 0. */
  readonly row: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probabilities of the predicted and of the true class. */
  readonly confidence: number;
  readonly ofTruth: number;
  readonly hasCopy: boolean | null;
}

/** The wrong predictions with the highest confidence, the worst first; of equals the first in the data. */
export function tableConfidentMistakes(
  results: Results,
  predictions: Predictions,
  count: number,
): ReportTable<Mistake> {
  const { classes } = predictions;
  const wrong = mistakesOf(predictions).sort((a, b) => b.confidence - a.confidence || a.row - b.row);
  return {
    title: titled(`The ${count} most confident mistakes`, results),
    columns: [
      column('Row', ({ row }) => row, WHOLE),
      column('True', ({ truth }) => classes[truth]),
      column('Predicted', ({ predicted }) => classes[predicted]),
      column('Confidence', ({ confidence }) => confidence, SHARE),
      column('Probability of the true class', ({ ofTruth }) => ofTruth, SHARE),
      column('Copy in the training part', ({ hasCopy }) => (hasCopy === null ? '?' : hasCopy ? 'yes' : 'no')),
    ],
    rows: wrong.slice(0, count),
    notes: [
      'Row: place of the image in the data, from 0. An image whose copy was learnt with another label is likely to stand here.',
    ],
  };
}

function mistakesOf(predictions: Predictions): Mistake[] {
  const { rows, labels, probabilities, classes, copies } = predictions;
  const known = copies && new Set(copies);
  const predicted = predictedClasses(predictions);
  const all = Array.from(rows, (row, i) => {
    const of = (label: number) => probabilities[i * classes.length + label]!;
    const [truth, taken] = [labels[i]!, predicted[i]!];
    const hasCopy = known ? known.has(row) : null;
    return { row, truth, predicted: taken, confidence: of(taken), ofTruth: of(truth), hasCopy };
  });
  return all.filter(({ truth, predicted: taken }) => truth !== taken);
}

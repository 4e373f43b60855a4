import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { EMOTION_COUNT, EMOTIONS } from '../dataset/emotions';
import { FerlabError } from '../errors';

/** What a model said about the images of one part. */
export interface Predictions {
  readonly part: 'validation' | 'test';
  /** Row numbers in the dataset, [count]. */
  readonly rows: Uint32Array;
  /** True classes, [count]. */
  readonly labels: Uint8Array;
  /** [count, 7] */
  readonly probabilities: Float32Array;
}

const HEADER = ['row', 'label', ...EMOTIONS.map((emotion) => emotion.toLowerCase())].join(',');
/** Decimals of a probability: enough that its rank among seven never changes by rounding. */
const DECIMALS = 7;

/** Writes the predictions as CSV, a line an image: row, label, seven probabilities. */
export function savePredictions(path: string, predictions: Predictions): void {
  const lines = [HEADER];
  for (const [i, row] of predictions.rows.entries()) {
    const some = predictions.probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    lines.push([row, predictions.labels[i], ...Array.from(some, (p) => p.toFixed(DECIMALS))].join(','));
  }
  writeFileAtomic.sync(path, `${lines.join('\n')}\n`);
}

/**
 * Reads what {@link savePredictions} wrote.
 * @throws FerlabError naming the line that is no prediction
 */
export function loadPredictions(path: string, part: Predictions['part']): Predictions {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  if (header !== HEADER) throw unreadable(path, 1, `the header is not "${HEADER}"`);
  const rows = new Uint32Array(lines.length);
  const labels = new Uint8Array(lines.length);
  const probabilities = new Float32Array(lines.length * EMOTION_COUNT);
  for (const [i, line] of lines.entries()) {
    const numbers = line.split(',').map(Number);
    checkLine(numbers, (problem) => unreadable(path, i + 2, problem));
    rows[i] = numbers[0]!;
    labels[i] = numbers[1]!;
    probabilities.set(numbers.slice(2), i * EMOTION_COUNT);
  }
  return { part, rows, labels, probabilities };
}

function checkLine(numbers: readonly number[], fail: (problem: string) => FerlabError): void {
  if (numbers.length !== EMOTION_COUNT + 2)
    throw fail(`${numbers.length} fields instead of ${EMOTION_COUNT + 2}`);
  const [row, label, ...probabilities] = numbers as [number, number, ...number[]];
  if (!Number.isInteger(row) || row < 0) throw fail('the row is not a whole number');
  if (!Number.isInteger(label) || label < 0 || label >= EMOTION_COUNT) throw fail('the label is not 0 to 6');
  const sum = probabilities.reduce((total, p) => total + p, 0);
  if (!(Math.abs(sum - 1) < 1e-3)) throw fail(`the probabilities add up to ${sum}`);
}

function unreadable(path: string, line: number, problem: string): FerlabError {
  return new FerlabError(`${path}, line ${line}: ${problem}`, { remedy: 'evaluate the run again' });
}

/** The most probable class of each image, [count]; the first of equals. */
export function predictedClasses(predictions: Pick<Predictions, 'labels' | 'probabilities'>): Uint8Array {
  return predictions.labels.map((_, i) => {
    const row = predictions.probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    return row.indexOf(Math.max(...row));
  });
}

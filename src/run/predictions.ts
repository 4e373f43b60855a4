import { readFileSync } from 'node:fs';
import { EMOTION_COUNT, EMOTIONS } from '../dataset/emotions';
import { FerlabError } from '../errors';
import { writeWhole } from '../write-whole';

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
const FIELDS = EMOTION_COUNT + 2;
/** How far the probabilities of an image may be from 1 together: files from elsewhere may hold four decimals. */
const SUM_TOLERANCE = 1e-3;

/** Writes the predictions as CSV, a line an image: row, label, seven probabilities. Reading gives the same bits back. */
export function savePredictions(path: string, predictions: Predictions): void {
  const lines = [HEADER];
  for (const [i, row] of predictions.rows.entries()) {
    const some = predictions.probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    lines.push([row, predictions.labels[i], ...Array.from(some, shortestFloat32)].join(','));
  }
  writeWhole(path, `${lines.join('\n')}\n`);
}

/** The fewest significant digits (nine always do) that give the same float32 back. */
function shortestFloat32(value: number): string {
  for (const digits of [7, 8]) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === value) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/**
 * Reads what {@link savePredictions} wrote; CRLF and a byte-order mark are accepted.
 * @throws FerlabError naming the line that is no prediction, or an image that stands in two lines
 */
export function loadPredictions(path: string, part: Predictions['part']): Predictions {
  const [header, ...lines] = readLines(path);
  if (header !== HEADER) throw unreadable(path, 1, `the header is not "${HEADER}"`);
  if (lines.length === 0) throw unreadable(path, 2, 'there are no predictions');
  const rows = new Uint32Array(lines.length);
  const labels = new Uint8Array(lines.length);
  const probabilities = new Float32Array(lines.length * EMOTION_COUNT);
  const lineOfRow = new Map<number, number>();
  for (const [i, line] of lines.entries()) {
    const fail = (problem: string) => unreadable(path, i + 2, problem);
    const [row, label, ...some] = parseLine(line, fail);
    if (lineOfRow.has(row)) throw fail(`image ${row} stands in line ${lineOfRow.get(row)} too`);
    lineOfRow.set(row, i + 2);
    rows[i] = row;
    labels[i] = label;
    probabilities.set(some, i * EMOTION_COUNT);
  }
  return { part, rows, labels, probabilities };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\s+$/, '')
      .split(/\r?\n/);
  } catch (error) {
    throw new FerlabError(`${path}: ${(error as Error).message}`, {
      remedy: 'evaluate the run again',
      cause: error,
    });
  }
}

function parseLine(
  line: string,
  fail: (problem: string) => FerlabError,
): [row: number, label: number, ...probabilities: number[]] {
  const fields = line.split(',');
  if (fields.length !== FIELDS) throw fail(`${fields.length} fields instead of ${FIELDS}`);
  const odd = fields.find((field) => !/^\d+(\.\d+)?(e[-+]?\d+)?$/i.test(field));
  if (odd !== undefined) throw fail(`"${odd}" is not a number of 0 or more`);
  const [row, label, ...probabilities] = fields.map(Number) as [number, number, ...number[]];
  if (!Number.isInteger(row) || row > 0xffff_ffff) throw fail(`the row ${row} is not a row number`);
  if (!Number.isInteger(label) || label >= EMOTION_COUNT) throw fail(`the label ${label} is not 0 to 6`);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw fail(`the probabilities add up to ${sum}`);
  return [row, label, ...probabilities];
}

function unreadable(path: string, line: number, problem: string): FerlabError {
  return new FerlabError(`${path}, line ${line}: ${problem}`, { remedy: 'evaluate the run again' });
}

/** How many images were called what they are. */
export function countHits(predictions: Pick<Predictions, 'labels' | 'probabilities'>): number {
  return predictedClasses(predictions).filter((label, i) => label === predictions.labels[i]).length;
}

/** The most probable class of each image, [count]; the first of equals. */
export function predictedClasses(predictions: Pick<Predictions, 'labels' | 'probabilities'>): Uint8Array {
  return predictions.labels.map((_, i) => {
    const row = predictions.probabilities.subarray(i * EMOTION_COUNT, (i + 1) * EMOTION_COUNT);
    return row.indexOf(Math.max(...row));
  });
}

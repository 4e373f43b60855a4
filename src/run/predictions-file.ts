import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FerlabError } from '../errors';
import { explainWriteFailure, writeWhole } from '../write-whole';
import { problemsOf } from '../zod-problems';
import type { Predictions, PredictionsOrigin } from './predictions';

// A line of origin, `# ferlab-predictions-2 {...}`, then CSV: row, label, the probability of each class. Files of the
// first form have no line of origin: nothing binds them to weights and data but the folder that they lie in.
type Origin = PredictionsOrigin & Pick<Predictions, 'copies'>;
const MARK = '# ferlab-predictions-2 ';
/** How far the probabilities of an image may be from 1 together: files from elsewhere may hold four decimals. */
const SUM_TOLERANCE = 1e-3;

const originSchema: z.ZodType<Origin> = z.strictObject({
  part: z.enum(['validation', 'test']),
  classes: z.array(z.string()).min(2).max(256),
  weightsSha256: z.string().min(1),
  datasetSha256: z.string().min(1),
  views: z.string().optional(),
  copies: z.array(z.int().min(0)).optional(),
});

const headerOf = (classes: readonly string[]) =>
  ['row', 'label', ...classes.map((name) => name.toLowerCase())].join(',');

/**
 * Writes predictions, a line an image. Reading gives the same bits back.
 * @throws FerlabError when the disk is full
 */
export function savePredictions(path: string, predictions: Predictions): void {
  const { rows, labels, probabilities, ...origin } = predictions;
  const count = origin.classes.length;
  const lines = [MARK + JSON.stringify(origin), headerOf(origin.classes)];
  for (const [i, row] of rows.entries()) {
    const some = probabilities.subarray(i * count, (i + 1) * count);
    lines.push([row, labels[i], ...Array.from(some, shortestFloat32)].join(','));
  }
  try {
    writeWhole(path, `${lines.join('\n')}\n`);
  } catch (error) {
    throw explainWriteFailure(path, error);
  }
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
 * @param expected where the predictions have to come from; a file of the first form says nothing against it
 * @throws FerlabError when they come from elsewhere, and naming the line that is no prediction, or an image that
 * stands in two lines
 */
export function loadPredictions(path: string, expected: PredictionsOrigin): Predictions {
  const lines = readLines(path);
  const origin = readOrigin(path, lines[0]!) ?? expected;
  checkOrigin(path, origin, expected);
  const first = lines[0]!.startsWith(MARK) ? 1 : 0;
  const header = headerOf(origin.classes);
  if (lines[first] !== header) throw unreadable(path, first + 1, `the header is not "${header}"`);
  return {
    ...origin,
    ...parseLines(lines.slice(first + 1), origin.classes.length, { path, first: first + 2 }),
  };
}

/** Null for a file of the first form. */
function readOrigin(path: string, line: string): Origin | null {
  if (!line.startsWith('#')) return null;
  if (!line.startsWith(MARK))
    throw unreadable(path, 1, `"${line.slice(0, 40)}" is not a known format of predictions`);
  const result = originSchema.safeParse(parseJson(path, line.slice(MARK.length)));
  if (result.success) return result.data;
  throw unreadable(path, 1, problemsOf(result.error, 'origin').join('; '));
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, 1, (error as Error).message);
  }
}

/** What a difference of origin is called. */
const WORDS: Readonly<Record<keyof PredictionsOrigin, string>> = {
  part: 'part',
  classes: 'class names',
  weightsSha256: 'weights',
  datasetSha256: 'data',
  views: 'test-time views',
};

/** @throws FerlabError naming what is different */
function checkOrigin(path: string, found: PredictionsOrigin, expected: PredictionsOrigin): void {
  const keys = Object.keys(WORDS) as (keyof PredictionsOrigin)[];
  const other = keys.find((key) => JSON.stringify(found[key]) !== JSON.stringify(expected[key]));
  if (other === undefined) return;
  throw new FerlabError(
    `${path}: the predictions belong to another ${WORDS[other]}: ${JSON.stringify(found[other])} where ${JSON.stringify(expected[other])} is needed`,
    { remedy: 'restore the file of this run, or evaluate the run again' },
  );
}

interface Place {
  readonly path: string;
  /** Line number of the first prediction. */
  readonly first: number;
}

function parseLines(lines: readonly string[], classes: number, { path, first }: Place) {
  if (lines.length === 0) throw unreadable(path, first, 'there are no predictions');
  const rows = new Uint32Array(lines.length);
  const labels = new Uint8Array(lines.length);
  const probabilities = new Float32Array(lines.length * classes);
  const lineOfRow = new Map<number, number>();
  for (const [i, line] of lines.entries()) {
    const fail = (problem: string) => unreadable(path, i + first, problem);
    const [row, label, ...some] = parseLine(line, classes, fail);
    if (lineOfRow.has(row)) throw fail(`image ${row} is already in line ${lineOfRow.get(row)}`);
    lineOfRow.set(row, i + first);
    rows[i] = row;
    labels[i] = label;
    probabilities.set(some, i * classes);
  }
  return { rows, labels, probabilities };
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
  classes: number,
  fail: (problem: string) => FerlabError,
): [row: number, label: number, ...probabilities: number[]] {
  const fields = line.split(',');
  if (fields.length !== classes + 2) throw fail(`${fields.length} fields instead of ${classes + 2}`);
  const odd = fields.find((field) => !/^\d+(\.\d+)?(e[-+]?\d+)?$/i.test(field));
  if (odd !== undefined) throw fail(`"${odd}" is not a number greater than or equal to 0`);
  const [row, label, ...probabilities] = fields.map(Number) as [number, number, ...number[]];
  if (!Number.isInteger(row) || row > 0xffff_ffff) throw fail(`the row ${row} is not a row number`);
  if (!Number.isInteger(label) || label >= classes)
    throw fail(`the label ${label} is not between 0 and ${classes - 1}`);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) throw fail(`the probabilities add up to ${sum}`);
  return [row, label, ...probabilities];
}

function unreadable(path: string, line: number, problem: string): FerlabError {
  return new FerlabError(`${path}, line ${line}: ${problem}`, { remedy: 'evaluate the run again' });
}

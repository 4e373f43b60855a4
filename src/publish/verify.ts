import { basename, dirname } from 'node:path';
import type { ImageDataset } from '../dataset/dataset';
import { FerlabError } from '../errors';
import { repeatFinal } from '../evaluate/final';
import { type Numbers, numbersOf } from '../evaluate/results';
import { emptyMemory, type PredictionMemory, predictPart } from '../predict/predict-run';
import { loadRunPredictions, openRun } from '../run/open-run';
import { partsOf } from '../run/parts';
import { type PredictedPart, type Predictions, predictedClasses } from '../run/predictions';
import { modelFiles } from '../run/published-models';
import { evaluatedOn, splitOf } from '../run/record';
import type { Run } from '../run/run';
import { type AlignedData, alignData } from './align';
import { listNumbers } from './numbers';
import { loadNumbers } from './numbers-file';
import { exactTolerances, looseTolerances, TOLERANCE, type Tolerance } from './tolerance';

export interface VerifiedNumber {
  readonly name: string;
  readonly published: number;
  /** What the model reaches here; absent where nothing of that name was computed. */
  readonly here: number | undefined;
  /** Largest difference that is allowed; null where the number is not judged. */
  readonly tolerance: Tolerance;
  readonly isReproduced: boolean;
}

export interface Verification {
  readonly model: string;
  readonly seconds: number;
  /** Images of both parts that were predicted, and those that another copy of the data doesn't tell from others. */
  readonly images: number;
  readonly leftOut: number;
  /** Images of both parts with other pixels than those that the numbers come from. */
  readonly otherPixels: number;
  /** Images of both parts whose predicted class is another than in the published predictions, as far as places are known. */
  readonly otherClasses: number;
  /** Largest difference of a probability from the published one. */
  readonly largestDifference: number;
  readonly numbers: readonly VerifiedNumber[];
}

/** Share of a random part that may be left out before its numbers say nothing about the published ones. */
const LARGEST_GAP = 0.02;

/** What several verifications of one copy of the data share, by the published data's hash: it in that order, and what is known of it. */
export type VerifyMemory = Map<string, KnownData>;

interface KnownData extends AlignedData {
  readonly memory: PredictionMemory;
}

/**
 * Evaluates a published model again, writing nothing, and compares every published number with what it reaches here. Any
 * copy of the data does: an image may stand elsewhere, and be compressed. Of a random split, images that nothing places
 * are left out, as they may be images of the training.
 * @throws FerlabError when the data is another data set than the published one, when nothing tells which images are the
 * test part, or the weights are not those that were published
 */
export function verifyModel(
  folder: string,
  dataset: ImageDataset,
  memory: VerifyMemory = new Map(),
): Verification {
  const start = performance.now();
  const run = openRun(folder);
  const data = align(run, dataset, memory);
  const isWanted = (row: number) => isOfficial(run) || data.matches[row] !== 'unplaced';
  const parts = partsOf(run, data.dataset);
  const rows = parts.validation.filter(isWanted);
  const { training } = parts;
  const options = { memory: data.memory, isWanted };
  const own = {
    test: repeatFinal(folder, data.dataset, options),
    validation: predictPart(run, data.dataset, { part: 'validation', rows, training, memory: data.memory }),
  };
  const pairs = (['validation', 'test'] as const).map((part) =>
    pair(own[part], loadRunPredictions(run, part), data),
  );
  const sum = (pick: (one: PairedPredictions) => number) =>
    pairs.reduce((total, one) => total + pick(one), 0);
  const leftOut = sum(({ leftOut }) => leftOut);
  checkGap(run, leftOut / sum(({ published }) => published.rows.length));
  const images = sum(({ here }) => here.rows.length);
  const otherPixels = sum(({ here }) => here.rows.filter((row) => data.matches[row] !== 'equal').length);
  return {
    model: basename(folder),
    seconds: (performance.now() - start) / 1000,
    images,
    leftOut,
    otherPixels,
    otherClasses: sum(({ otherClasses }) => otherClasses),
    largestDifference: Math.max(...pairs.map(({ largest }) => largest)),
    numbers: compareNumbers(run, pairs, (otherPixels + leftOut) / (images + leftOut)),
  };
}

const isOfficial = ({ record }: Run) => splitOf(record).protocol === 'official';

function align(run: Run, dataset: ImageDataset, verified: VerifyMemory): KnownData {
  const { sha256 } = evaluatedOn(run.record).dataset;
  const known = verified.get(sha256) ?? {
    ...alignData(dirname(run.folder), sha256, dataset),
    memory: emptyMemory(),
  };
  verified.set(sha256, known);
  return known;
}

function checkGap({ folder }: Run, gap: number): void {
  if (gap <= LARGEST_GAP) return;
  throw new FerlabError(
    `${folder}: its random test part can't be separated from its training part in this copy of the data (${(100 * gap).toFixed(0)} % of its images)`,
    { remedy: 'give a copy with identical pixels, or with its images in the order of the published file' },
  );
}

interface PairedPredictions {
  /** What is compared: own predictions, with published probabilities where they are equal but for rounding. */
  readonly here: Predictions;
  readonly published: Predictions;
  /** Published images that were not predicted here. */
  readonly leftOut: number;
  readonly otherClasses: number;
  readonly largest: number;
}

/** Compares predictions image by image, where the images are known to be the same. */
function pair(own: Predictions, published: Predictions, { matches }: AlignedData): PairedPredictions {
  const classes = own.classes.length;
  const place = new Map([...published.rows].map((row, i) => [row, i]));
  const probabilities = Float32Array.from(own.probabilities);
  const [ownClasses, publishedClasses] = [predictedClasses(own), predictedClasses(published)];
  let largest = 0;
  let otherClasses = 0;
  for (const [i, row] of own.rows.entries()) {
    if (matches[row] === 'unplaced') continue;
    const at = place.get(row)!;
    const theirs = published.probabilities.subarray(at * classes, (at + 1) * classes);
    const mine = probabilities.subarray(i * classes, (i + 1) * classes);
    const difference = Math.max(...mine.map((probability, k) => Math.abs(probability - theirs[k]!)));
    largest = Math.max(largest, difference);
    if (ownClasses[i] !== publishedClasses[at]) otherClasses++;
    if (difference <= TOLERANCE) mine.set(theirs);
  }
  const here = { ...own, probabilities, copies: published.copies };
  return { here, published, leftOut: published.rows.length - own.rows.length, otherClasses, largest };
}

function compareNumbers(run: Run, pairs: readonly PairedPredictions[], share: number): VerifiedNumber[] {
  const published = loadNumbers(modelFiles(run.folder).results);
  const of = (part: PredictedPart) => pairs.find(({ here }) => here.part === part)!.here;
  const here = numbersOf({ validation: of('validation'), test: of('test'), seed: splitOf(run.record).seed });
  const own = new Map(listNumbers(here).map(({ name, value }) => [name, value]));
  const tolerances = share > 0 ? looseTolerances(published, share) : exactTolerances(published);
  return listNumbers(published satisfies Numbers).map(({ name, value }) => {
    const tolerance = tolerances.get(name) ?? null;
    const found = own.get(name);
    const isReproduced = tolerance === null || (found !== undefined && Math.abs(found - value) <= tolerance);
    return { name, published: value, here: found, tolerance, isReproduced };
  });
}

import { basename } from 'node:path';
import type { ImageDataset } from '../../dataset/dataset';
import { pixelsOf } from '../../dataset/image-source';
import { pixelsPerImage } from '../../dataset/spec';
import { FerlabError } from '../../errors';
import { openClassifier, type RowClassifier } from '../../predict/single-view';
import { randomStream } from '../../random';
import { checkRunData } from '../../run/open-run';
import { partsOf } from '../../run/parts';
import { predictedClasses } from '../../run/predictions';
import type { Run } from '../../run/run';
import { type ConfidenceInterval, wilsonInterval } from '../intervals';
import { describeDifference, type PairedDifference } from '../paired';
import { CORRUPTION_NAMES, CORRUPTIONS, type CorruptionName } from './corruptions';

/** How well a run and a reference recognise the same spoilt images. */
export interface RobustnessCell {
  /** Null for the images as they are. */
  readonly corruption: CorruptionName | null;
  /** In the unit of the corruption; null for the images as they are. */
  readonly strength: number | null;
  readonly images: number;
  readonly accuracy: number;
  readonly interval: ConfidenceInterval;
  readonly referenceAccuracy: number;
  /** Accuracy less that of the reference, on the same images. */
  readonly difference: PairedDifference;
}

/** A corruption over its five strengths. */
export interface RelativeError {
  readonly corruption: CorruptionName;
  /** Errors over all strengths, as a share of the reference's (Hendrycks and Dietterich 2019, arXiv 1903.12261). */
  readonly ratio: number;
}

export interface Robustness {
  /** Name of the run. */
  readonly run: string;
  /** The images as they are, then each corruption by rising strength. */
  readonly cells: readonly RobustnessCell[];
  readonly relative: readonly RelativeError[];
}

export interface RobustnessOptions {
  readonly seed: number;
  /** Images of the validation part that are drawn; all unless given. */
  readonly images?: number;
  readonly corruptions?: readonly CorruptionName[];
}

/**
 * Spoils the images that are in the validation parts of two runs (PublicTest under the official protocol) in several ways
 * and strengths, and lets both recognise them, each with one view. The images are made on the fly and depend on seed,
 * corruption, strength and row alone; the test part stays sealed.
 * @throws FerlabError when the data is not that of both runs, or their validation parts share no image
 */
export async function measureRobustness(
  [run, reference]: readonly [run: Run, reference: Run],
  dataset: ImageDataset,
  { seed, images, corruptions = CORRUPTION_NAMES }: RobustnessOptions,
): Promise<Robustness> {
  const rows = chooseRows(sharedValidation([run, reference], dataset), { seed, images });
  const classifiers = [openClassifier(run), openClassifier(reference)] as const;
  const cells: RobustnessCell[] = [];
  try {
    for (const step of stepsOf(corruptions)) {
      const spoilt = await spoilImages(dataset, rows, { ...step, seed });
      cells.push({ ...step, ...compareOnImages(classifiers, dataset, { rows, spoilt }) });
    }
  } finally {
    for (const classifier of classifiers) classifier.dispose();
  }
  return {
    run: basename(run.folder),
    cells,
    relative: corruptions.map((corruption) => relativeError(cells, corruption)),
  };
}

/** Rows in the validation parts of both runs: neither was trained on them. */
function sharedValidation(runs: readonly [Run, Run], dataset: ImageDataset): Uint32Array {
  for (const run of runs) checkRunData(run, dataset);
  const [own, other] = runs.map((run) => partsOf(run, dataset).validation) as [Uint32Array, Uint32Array];
  const known = new Set(other);
  const shared = own.filter((row) => known.has(row));
  if (shared.length > 0) return shared;
  throw new FerlabError('the validation parts of the run and its reference share no image', {
    remedy: 'choose a reference whose validation part overlaps: it may have learnt from the other images',
  });
}

function chooseRows(rows: Uint32Array, { seed, images }: Pick<RobustnessOptions, 'seed' | 'images'>) {
  if (images === undefined || images >= rows.length) return rows;
  return randomStream(seed, 'robustness', 'rows').shuffle(rows.slice()).slice(0, images).sort();
}

type Step = Pick<RobustnessCell, 'corruption' | 'strength'>;

const stepsOf = (corruptions: readonly CorruptionName[]): Step[] => [
  { corruption: null, strength: null },
  ...corruptions.flatMap((corruption) =>
    CORRUPTIONS[corruption].strengths.map((strength) => ({ corruption, strength })),
  ),
];

/** The images of some rows under a corruption, [rows.length, side, side]. */
export async function spoilImages(
  dataset: ImageDataset,
  rows: Uint32Array,
  { corruption, strength, seed }: Step & { readonly seed: number },
): Promise<Uint8Array> {
  const { side } = dataset.spec;
  const size = pixelsPerImage(dataset.spec);
  const pixels = pixelsOf(dataset, rows);
  const spoilt = new Uint8Array(rows.length * size);
  for (const [i, row] of rows.entries()) {
    const image = pixels.bytes.subarray(pixels.offset(i), pixels.offset(i) + size);
    const random = randomStream(seed, 'robustness', corruption ?? '', row);
    const one =
      corruption === null ? image : await CORRUPTIONS[corruption].spoil({ image, side, random }, strength!);
    spoilt.set(one, i * size);
  }
  return spoilt;
}

/** Accuracies of two classifiers on images [rows.length, side, side] of some rows. */
export function compareOnImages(
  [own, reference]: readonly [RowClassifier, RowClassifier],
  dataset: ImageDataset,
  { rows, spoilt }: { rows: Uint32Array; spoilt: Uint8Array },
): Omit<RobustnessCell, keyof Step> {
  const labels = Uint8Array.from(rows, (row) => dataset.labels[row]!);
  const images = { spec: dataset.spec, images: spoilt };
  const [a, b] = [own, reference].map((classifier) => {
    const probabilities = classifier.predict(images, rows.length);
    return Array.from(predictedClasses({ labels, probabilities }), (label, i) => label === labels[i]);
  }) as [boolean[], boolean[]];
  const count = (isWanted: (i: number) => boolean) =>
    labels.reduce((sum, _, i) => sum + Number(isWanted(i)), 0);
  const [hits, others] = [count((i) => a[i]!), count((i) => b[i]!)];
  return {
    images: rows.length,
    accuracy: hits / rows.length,
    interval: wilsonInterval(hits, rows.length),
    referenceAccuracy: others / rows.length,
    difference: describeDifference({
      images: rows.length,
      onlyFirst: count((i) => b[i]! && !a[i]!),
      onlySecond: count((i) => a[i]! && !b[i]!),
    }),
  };
}

function relativeError(cells: readonly RobustnessCell[], corruption: CorruptionName): RelativeError {
  const own = cells.filter((cell) => cell.corruption === corruption);
  const errors = (accuracyOf: (cell: RobustnessCell) => number) =>
    own.reduce((sum, cell) => sum + 1 - accuracyOf(cell), 0);
  return { corruption, ratio: errors((cell) => cell.accuracy) / errors((cell) => cell.referenceAccuracy) };
}

import { quantileSorted } from 'simple-statistics';
import { leadersOf, leadingClasses, votesOf } from '../dataset/crowd';
import type { ImageDataset } from '../dataset/dataset';
import type { FerPlusVotes } from '../dataset/ferplus';
import { measureQuality } from '../dataset/quality';
import { type Predictions, predictedClasses } from '../run/predictions';
import { type ConfidenceInterval, wilsonInterval } from './intervals';

/** The images of a data set divided by one property. */
export interface Slicing {
  readonly property: string;
  readonly slices: readonly string[];
  /** Which of {@link slices} an image belongs to. */
  sliceOf(row: number): number;
}

/** The accuracy of a classifier on the images of a slice. */
export interface SliceAccuracy {
  /** Null for all images together. */
  readonly property: string | null;
  readonly slice: string;
  readonly images: number;
  readonly hits: number;
  /** Hits of images; not a number where the slice is empty. */
  readonly accuracy: number;
  readonly interval: ConfidenceInterval;
}

/**
 * Divides the images by brightness, contrast and sharpness, each in quarters of all images of the data set, and by what
 * the raters of FER+ say.
 * @param votes null where there are none: images are not divided by them then
 */
export function slicingsOf(dataset: ImageDataset, votes: FerPlusVotes | null): Slicing[] {
  const { brightness, contrast, sharpness } = measureQuality(dataset);
  return [
    quarters('brightness: mean grey level', brightness),
    quarters('contrast: standard deviation of the grey levels', contrast),
    quarters('sharpness: variance of the Laplacian', sharpness),
    ...(votes ? [byAgreement(votes), byLeader(votes, dataset)] : []),
  ];
}

/** Four slices that hold as many images of the data set each; equal values stay together. @param values [count] */
export function quarters(property: string, values: Float32Array): Slicing {
  const sorted = Array.from(values).sort((a, b) => a - b);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantileSorted(sorted, share)) as Triple;
  const [a, b, c] = [low, middle, high].map((bound) => bound.toFixed(bound < 100 ? 1 : 0)) as [
    string,
    string,
    string,
  ];
  return {
    property,
    slices: [`below ${a}`, `${a} to ${b}`, `${b} to ${c}`, `${c} or more`],
    sliceOf: (row) => [low, middle, high].filter((bound) => values[row]! >= bound).length,
  };
}

type Triple = [number, number, number];

const AGREEMENT = ['up to 4 of 10', '5 or 6', '7 or 8', '9 or 10'] as const;

function byAgreement(votes: FerPlusVotes): Slicing {
  const most = (row: number) => Math.max(...votesOf(votes, row));
  return {
    property: 'FER+ votes for the leading choice',
    slices: AGREEMENT,
    sliceOf: (row) => Math.max(0, Math.min(AGREEMENT.length - 1, Math.floor((most(row) - 3) / 2))),
  };
}

const LEADER = [
  'is the label',
  'is another emotion of the seven',
  'is none of the seven',
  'several lead',
] as const;

function byLeader(votes: FerPlusVotes, { spec, labels }: ImageDataset): Slicing {
  const leaders = leadersOf(votes);
  const leading = leadingClasses(votes, spec);
  return {
    property: 'FER+ choice that leads',
    slices: LEADER,
    sliceOf: (row) => {
      if (leaders[row]! < 0) return 3;
      if (leading[row]! < 0) return 2;
      return leading[row] === labels[row] ? 0 : 1;
    },
  };
}

/** Divides by whether the training part holds a copy, pixel by pixel; null where nobody looked. */
function byCopies({ copies }: Predictions): Slicing | null {
  if (!copies) return null;
  const known = new Set(copies);
  return {
    property: 'exact copy in the training part',
    slices: ['no', 'yes'],
    sliceOf: (row) => Number(known.has(row)),
  };
}

/** Accuracy on all images of saved predictions, then on each slice. */
export function sliceAccuracies(predictions: Predictions, slicings: readonly Slicing[]): SliceAccuracy[] {
  const taken = predictedClasses(predictions);
  const isHit = Array.from(taken, (label, i) => label === predictions.labels[i]);
  const copies = byCopies(predictions);
  return [
    count({ property: null, slice: 'all images' }, isHit),
    ...[...slicings, ...(copies ? [copies] : [])].flatMap(({ property, slices, sliceOf }) => {
      const places = Array.from(predictions.rows, sliceOf);
      return slices.map((slice, at) =>
        count(
          { property, slice },
          isHit.filter((_, i) => places[i] === at),
        ),
      );
    }),
  ];
}

function count(of: Pick<SliceAccuracy, 'property' | 'slice'>, isHit: readonly boolean[]): SliceAccuracy {
  const [images, hits] = [isHit.length, isHit.filter(Boolean).length];
  return { ...of, images, hits, accuracy: hits / images, interval: wilsonInterval(hits, images) };
}

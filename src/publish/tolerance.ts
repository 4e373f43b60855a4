import type { ImageNumbers } from '../evaluate/evaluation';
import type { Numbers } from '../evaluate/results';
import { listNumbers, type NamedNumber } from './numbers';

/** Numbers other than counts may differ by this much where all pixels are equal; so may probabilities. */
export const TOLERANCE = 1e-4;

/** Calibration error, Brier score and log-likelihood may differ by this much where pixels differ. */
const CALIBRATION_TOLERANCE = 0.03;

/** What a number is allowed to differ by; null where it is not judged. */
export type Tolerance = number | null;

/** Share of the images with other pixels from which on a copy counts as compressed. */
const COMPRESSED = 0.1;

/**
 * What a metric may differ by, in widths of its published 95 % interval. JPEG of quality 90 changes the class of 6 % of
 * the images and costs up to 1.3 points of accuracy, half of such an interval.
 */
const widthsOf = (share: number) => (share < COMPRESSED ? 0.25 : 1);

/** How much the numbers of a copy may differ from the published ones, in words. @param share of images with other pixels */
export function describeTolerance(share: number): string {
  return share > 0
    ? `Some pixels differ from the published data. Accuracy, precision, recall, F1 and their means may therefore differ by ${widthsOf(share) === 1 ? 'the width' : 'a quarter of the width'} of their published 95 % intervals, and calibration error, Brier score and log-likelihood by ${CALIBRATION_TOLERANCE}. Counts, intervals, calibration bins and temperature are not judged separately.`
    : `Counts in the confusion matrix and in calibration bins must be equal; other numbers may differ by ${TOLERANCE}. If all probabilities of an image lie within ${TOLERANCE} of the published ones, the published ones are used, so that rounding can't move an image to another class or bin.`;
}

/** The tolerance of each published number where all pixels are equal. */
export function exactTolerances(published: unknown): Map<string, Tolerance> {
  return new Map(
    listNumbers(published).map(({ name, value }) => [name, Number.isInteger(value) ? 0 : TOLERANCE]),
  );
}

/** The tolerance of each published number where a share of the images has other pixels: see {@link describeTolerance}. */
export function looseTolerances(published: Numbers, share: number): Map<string, Tolerance> {
  const widths = widthsOf(share);
  const tolerances = new Map<string, Tolerance>(listNumbers(published).map(({ name }) => [name, null]));
  for (const part of ['validation', 'test'] as const) {
    addLoose(tolerances, part, { numbers: published[part], widths });
    const { withoutCopies } = published[part];
    if (withoutCopies) addLoose(tolerances, `${part}.withoutCopies`, { numbers: withoutCopies, widths });
  }
  for (const images of ['test', 'withoutCopies'] as const) {
    const calibration = published.tempered[images];
    if (calibration) addCalibration(tolerances, `tempered.${images}`, calibration);
  }
  return tolerances;
}

function addLoose(
  tolerances: Map<string, Tolerance>,
  prefix: string,
  { numbers, widths }: { readonly numbers: ImageNumbers; readonly widths: number },
): void {
  const ends = new Map(
    listNumbers(numbers.intervals).map(({ name, value }): [string, number] => [name, value]),
  );
  for (const { name } of metricsWithIntervals(numbers)) {
    const width = ends.get(`${name}.1`)! - ends.get(`${name}.0`)!;
    tolerances.set(`${prefix}.metrics.${name}`, widths * width);
  }
  addCalibration(tolerances, `${prefix}.calibration`, numbers.calibration);
}

const metricsWithIntervals = ({ metrics, intervals }: ImageNumbers): NamedNumber[] => {
  const known = new Set(listNumbers(intervals).map(({ name }) => name.replace(/\.[01]$/, '')));
  return listNumbers(metrics).filter(({ name }) => known.has(name));
};

function addCalibration(tolerances: Map<string, Tolerance>, prefix: string, calibration: object): void {
  for (const name of ['expectedCalibrationError', 'negativeLogLikelihood', 'brierScore']) {
    if (name in calibration) tolerances.set(`${prefix}.${name}`, CALIBRATION_TOLERANCE);
  }
}

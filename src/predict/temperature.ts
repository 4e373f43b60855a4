import { classesOf, type LabelledProbabilities } from '../run/predictions';

/** Inverse temperatures that are looked at: a model that is never wrong would be pushed to infinity. */
const LOWEST = 0.01;
const HIGHEST = 100;

/** Steps of Newton's after which it is given up, and the relative step at which it has arrived. */
const MOST_STEPS = 12;
const LAST_STEP = 1e-6;
/** How far from the zero of the slope, relatively, its sign is known: ten thousand times what the last step leaves. */
const KNOWN = 1e-8;

/**
 * The temperature that makes probabilities fit the labels best (Guo et al. 2017, arXiv 1706.04599): logits are divided
 * by it. To be fitted on validation and then applied to the test part. The mean negative log-likelihood is convex in the
 * inverse temperature, so its slope is followed by bisection. Newton's method finds the place in a few steps first, and
 * the slope is computed only near it.
 * @returns between 0.01 (sharpen) and 100 (flatten); 1 without images
 */
export function fitTemperature(validation: LabelledProbabilities): number {
  if (validation.labels.length === 0) return 1;
  const logits = Float64Array.from(validation.probabilities, logProbability);
  const zero = findZero(logits, validation);
  let [low, high] = [LOWEST, HIGHEST];
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    const isKnown = zero !== null && Math.abs(middle / zero - 1) > KNOWN;
    const rises = isKnown ? middle > zero : derivatives(logits, validation, middle).slope > 0;
    if (rises) high = middle;
    else low = middle;
  }
  return 1 / Math.sqrt(low * high);
}

/** The inverse temperature at which the slope is zero, or null where Newton's method does not find it. */
function findZero(logits: Float64Array, predictions: LabelledProbabilities): number | null {
  let inverse = 1;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { slope, curvature } = derivatives(logits, predictions, inverse);
    const step = slope / curvature;
    inverse -= step;
    if (!(inverse > LOWEST && inverse < HIGHEST)) return null;
    if (Math.abs(step) < LAST_STEP * inverse) return inverse;
  }
  return null;
}

/**
 * First and second derivative of the summed negative log-likelihood by the inverse temperature: expected less true logit,
 * and the variance of the logit.
 * @param logits [count, classes]
 */
function derivatives(logits: Float64Array, predictions: LabelledProbabilities, inverse: number) {
  const { labels } = predictions;
  const classes = classesOf(predictions);
  const powers = new Float64Array(classes);
  let [sum, curvature] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const start = i * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) largest = Math.max(largest, logits[start + k]! * inverse);
    let total = 0;
    for (let k = 0; k < classes; k++) {
      powers[k] = Math.exp(logits[start + k]! * inverse - largest);
      total += powers[k]!;
    }
    let [mean, square] = [0, 0];
    for (let k = 0; k < classes; k++) {
      const share = (powers[k]! / total) * logits[start + k]!;
      sum += share;
      mean += share;
      square += share * logits[start + k]!;
    }
    sum -= logits[start + labels[i]!]!;
    curvature += square - mean * mean;
  }
  return { slope: sum, curvature };
}

/** Probabilities [count, classes] as they would be with the logits divided by the temperature; the most probable class stays. */
export function applyTemperature(
  probabilities: Float32Array,
  temperature: number,
  classes: number,
): Float32Array {
  const scaled = new Float32Array(probabilities.length);
  for (let i = 0; i < probabilities.length / classes; i++) {
    const logits = logitsOf(probabilities, i, classes);
    scaled.set(softmax(logits.map((logit) => logit / temperature)), i * classes);
  }
  return scaled;
}

/** Logits of an image, up to a constant that softmax takes away. */
const logitsOf = (probabilities: Float32Array, image: number, classes: number): number[] =>
  Array.from(probabilities.subarray(image * classes, (image + 1) * classes), logProbability);

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Smallest normal float32: what a probability that was rounded to 0 counts as. */
const SMALLEST = 2 ** -126;

/** Natural logarithm of a probability; finite for 0 too. */
export const logProbability = (probability: number) => Math.log(Math.max(probability, SMALLEST));

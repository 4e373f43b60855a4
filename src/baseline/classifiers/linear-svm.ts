import { type RandomStream, randomStream } from '../../random';
import { type FeatureMatrix, rowOf } from '../features/feature';
import { type FeatureClassifier, type Settings, softmax, type TrainingSet } from './classifier';

/** Settings of the machine. */
export interface SvmSettings extends Settings {
  /** Weight of the errors against that of a wide margin, the field's C. */
  readonly cost: number;
}

/** Passes over the images after which fitting stops, converged or not. */
const MOST_PASSES = 1000;
/** Largest violation of the optimality conditions of a fitted class. */
const TOLERANCE = 0.01;

/**
 * A linear support vector machine, one class against the rest, with squared hinge loss and penalised intercept: coordinate
 * descent in the dual (Hsieh et al. 2008, algorithm 1), as LIBLINEAR's solver 1. Its probabilities are the softmax of the
 * distances from the seven planes; only their order means something before they are calibrated.
 */
export const LINEAR_SVM: FeatureClassifier = {
  fit(set, { settings, seed }) {
    const { classes, features } = set;
    const width = features.width + 1;
    const squares = squaredNorms(features);
    const planes = new Float32Array(classes * width);
    for (let label = 0; label < classes; label++) {
      const stream = randomStream(seed, 'svm', label);
      planes.set(
        fitPlane(set, { label, squares, stream, cost: (settings as SvmSettings).cost }),
        label * width,
      );
    }
    return [{ name: 'planes', shape: [classes, width], values: planes }];
  },
  predict(weights, features) {
    const { values: planes, shape } = weights('planes');
    const [classes, width] = shape as [number, number];
    const scores = new Float32Array(features.count * classes);
    for (let i = 0; i < features.count; i++) {
      for (let label = 0; label < classes; label++) {
        scores[i * classes + label] = distance(
          planes.subarray(label * width, (label + 1) * width),
          rowOf(features, i),
        );
      }
    }
    return softmax(scores, classes);
  },
};

/** Distance from a plane, times the norm of its weights; the intercept stands last. */
function distance(plane: Float32Array | Float64Array, row: Float32Array): number {
  let sum = plane[row.length]!;
  for (let j = 0; j < row.length; j++) sum += plane[j]! * row[j]!;
  return sum;
}

/** Of the features with a constant 1 behind them. */
function squaredNorms(features: FeatureMatrix): Float64Array {
  return Float64Array.from({ length: features.count }, (_, i) =>
    rowOf(features, i).reduce((sum, value) => sum + value * value, 1),
  );
}

interface PlaneOptions {
  /** The class that is told from the others. */
  readonly label: number;
  readonly cost: number;
  readonly squares: Float64Array;
  readonly stream: RandomStream;
}

/** The plane [width + 1] between one class and the others. */
function fitPlane(
  { features, labels }: TrainingSet,
  { label, cost, squares, stream }: PlaneOptions,
): Float64Array {
  const plane = new Float64Array(features.width + 1);
  const duals = new Float64Array(features.count);
  const order = Uint32Array.from(duals, (_, i) => i);
  const diagonal = 1 / (2 * cost);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let [low, high] = [0, 0];
    for (const i of stream.shuffle(order)) {
      const row = rowOf(features, i);
      const sign = labels[i] === label ? 1 : -1;
      const gradient = sign * distance(plane, row) - 1 + diagonal * duals[i]!;
      // A dual is never negative: at 0 only a gradient downhill counts.
      const projected = duals[i] === 0 ? Math.min(gradient, 0) : gradient;
      low = Math.min(low, projected);
      high = Math.max(high, projected);
      if (projected === 0) continue;
      const dual = Math.max(duals[i]! - gradient / (squares[i]! + diagonal), 0);
      move(plane, row, sign * (dual - duals[i]!));
      duals[i] = dual;
    }
    if (high - low < TOLERANCE) break;
  }
  return plane;
}

function move(plane: Float64Array, row: Float32Array, step: number): void {
  for (let j = 0; j < row.length; j++) plane[j]! += step * row[j]!;
  plane[row.length]! += step;
}

import { rowOf } from '../features/feature';
import { type FeatureClassifier, type Settings, softmax } from './classifier';
import { fitHingePlane } from './hinge-plane';
import { sparseRows } from './sparse-rows';

/** Settings of the machine. */
export interface SvmSettings extends Settings {
  /** Weight of the errors against that of a wide margin, the field's C. */
  readonly cost: number;
}

/**
 * A linear support vector machine, one class against the rest, with squared hinge loss and penalised intercept, as
 * LIBLINEAR's solvers 1 and 2. Its probabilities are the softmax of the distances from the planes; only their order means
 * something before they are calibrated.
 */
export const LINEAR_SVM: FeatureClassifier = {
  fit({ classes, features, labels }, { settings }) {
    const { cost } = settings as SvmSettings;
    const rows = sparseRows(features);
    const planes = new Float32Array(classes * rows.width);
    for (let label = 0; label < classes; label++) {
      const signs = Float64Array.from(labels, (own) => (own === label ? 1 : -1));
      planes.set(fitHingePlane({ rows, signs, cost }), label * rows.width);
    }
    return [{ name: 'planes', shape: [classes, rows.width], values: planes }];
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
function distance(plane: Float32Array, row: Float32Array): number {
  let sum = plane[row.length]!;
  for (let j = 0; j < row.length; j++) sum += plane[j]! * row[j]!;
  return sum;
}

import { addWeightedRows, addWeightedSquares, type SparseRows, timesVector } from './sparse-rows';

/** Newton steps after which fitting stops, converged or not; a plane takes some twenty. */
const MOST_STEPS = 200;
/** Length of the gradient at which fitting stops, as a share of its length at the start. */
const TOLERANCE = 1e-3;
/** Steps of the inner solver, and the residual at which it stops, as a share of the gradient. */
const MOST_INNER_STEPS = 200;
const INNER_TOLERANCE = 0.1;
/** Share of the decrease that the gradient promises, which a step must reach. */
const LEAST_DECREASE = 0.01;

export interface PlaneOptions {
  readonly rows: SparseRows;
  /** 1 or -1 by row: the side of the plane on which it belongs. */
  readonly signs: Float64Array;
  /** Weight of the errors against that of a wide margin. */
  readonly cost: number;
}

/**
 * The plane w [width] of the smallest w·w / 2 + cost · Σ max(0, 1 − sign · w·row)², by Newton's method: each step solves the
 * system of the rows inside the margin by conjugate gradients and is halved until it pays (Keerthi and DeCoste 2005).
 */
export function fitHingePlane(options: PlaneOptions): Float64Array {
  const { rows } = options;
  const plane = new Float64Array(rows.width);
  const products = new Float64Array(rows.count);
  let start = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = gradientOf(options, plane, products);
    const length = Math.sqrt(dot(gradient, gradient));
    if (step === 0) start = length;
    if (length <= TOLERANCE * start) break;
    const direction = newtonDirection(options, products, gradient);
    const share = shareThatPays(options, { plane, products, gradient, direction });
    if (share === 0) break; // the loss is as small as its rounding allows
    addTimes(plane, direction, share);
    timesVector(rows, plane, products);
  }
  return plane;
}

/** Whether a row lies inside the margin or on the wrong side, where only it has a loss. */
const hasLoss = (sign: number, product: number) => sign * product < 1;

function gradientOf({ rows, signs, cost }: PlaneOptions, plane: Float64Array, products: Float64Array) {
  const gradient = plane.slice();
  const factors = products.map((product, i) =>
    hasLoss(signs[i]!, product) ? 2 * cost * (product - signs[i]!) : 0,
  );
  addWeightedRows(rows, factors, gradient);
  return gradient;
}

/** Solves Hessian · direction = −gradient by conjugate gradients, preconditioned with the diagonal, roughly. */
function newtonDirection(
  { rows, signs, cost }: PlaneOptions,
  products: Float64Array,
  gradient: Float64Array,
) {
  const weights = products.map((product, i) => (hasLoss(signs[i]!, product) ? 2 * cost : 0));
  const diagonal = new Float64Array(rows.width).fill(1);
  addWeightedSquares(rows, weights, diagonal);
  const along = new Float64Array(rows.count);
  const direction = new Float64Array(rows.width);
  const residual = gradient.map((value) => -value);
  let scaled = residual.map((value, j) => value / diagonal[j]!);
  let search = scaled;
  let product = dot(residual, scaled);
  const enough = INNER_TOLERANCE ** 2 * product;
  for (let step = 0; step < MOST_INNER_STEPS && product > enough; step++) {
    timesVector(rows, search, along);
    for (let i = 0; i < along.length; i++) along[i]! *= weights[i]!;
    const image = search.slice();
    addWeightedRows(rows, along, image);
    const share = product / dot(search, image);
    addTimes(direction, search, share);
    addTimes(residual, image, -share);
    scaled = residual.map((value, j) => value / diagonal[j]!);
    const next = dot(residual, scaled);
    const kept = next / product;
    search = scaled.map((value, j) => value + kept * search[j]!);
    product = next;
  }
  return direction;
}

interface Step {
  readonly plane: Float64Array;
  readonly products: Float64Array;
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
}

/** The largest of 1, 1/2, 1/4, ... of a step that lessens the loss as the gradient promises; 0 where none does. */
function shareThatPays({ rows, signs, cost }: PlaneOptions, step: Step): number {
  const { plane, products, gradient, direction } = step;
  const along = new Float64Array(rows.count);
  timesVector(rows, direction, along);
  const slope = dot(gradient, direction);
  const lossAt = (share: number) => {
    let squares = 0;
    for (let j = 0; j < plane.length; j++) squares += (plane[j]! + share * direction[j]!) ** 2 / 2;
    let errors = 0;
    for (let i = 0; i < along.length; i++)
      errors += Math.max(0, 1 - signs[i]! * (products[i]! + share * along[i]!)) ** 2;
    return squares + cost * errors;
  };
  const now = lossAt(0);
  for (let share = 1; share > 1e-9; share /= 2)
    if (lossAt(share) <= now + LEAST_DECREASE * share * slope) return share;
  return 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function addTimes(target: Float64Array, other: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j]! += factor * other[j]!;
}

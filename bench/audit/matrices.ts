import type { RandomStream } from '../../src/random';
import { logUniform, type Matrix, randomMatrix } from './random-claims';

/** Matrices behind a claim: one, several on the same items, or several on disjoint parts of them. */
export function matricesFor(random: RandomStream, shape: string): Matrix[] {
  const classes = shape === 'one of two classes' ? 2 : 2 + random.integer(19);
  const items = Math.max(2 * classes, logUniform(random, 20, 40_000));
  const first = randomMatrix(random, classes, items);
  if (shape.includes('runs'))
    return [first, ...Array.from({ length: 1 + random.integer(4) }, () => again(random, first))];
  if (shape.includes('folds'))
    return deal(random, first, 2 + random.integer(Math.min(9, Math.floor(items / 4))));
  return [first];
}

/** Another classifier on the same items: the same row sums. */
const again = (random: RandomStream, matrix: Matrix): Matrix =>
  withRows(
    random,
    matrix.map((row) => row.reduce((a, b) => a + b)),
  );

/** Deals the items of a matrix to folds whose sizes differ by at most one, or to batches of one size and a rest. */
export function deal(random: RandomStream, matrix: Matrix, into: number | { size: number }): Matrix[] {
  const items = matrix.flatMap((row, i) =>
    row.flatMap((cell, j) => new Array<[number, number]>(cell).fill([i, j])),
  );
  const count = typeof into === 'number' ? into : Math.ceil(items.length / into.size);
  const folds = Array.from({ length: count }, () =>
    matrix.map((row) => new Array<number>(row.length).fill(0)),
  );
  random.shuffle(items);
  items.forEach(([i, j], index) => {
    folds[typeof into === 'number' ? index % count : Math.floor(index / into.size)]![i]![j]!++;
  });
  return folds;
}

/** A random classifier on so many items of each class. */
export function withRows(random: RandomStream, rows: readonly number[]): Matrix {
  const skill = random.uniform();
  return rows.map((count, i) => {
    const row = rows.map(() => 0);
    for (let left = count; left > 0; left--)
      row[random.uniform() < skill ? i : random.integer(rows.length)]!++;
    return row;
  });
}

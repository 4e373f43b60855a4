// Figures that stand beside the usual ones: top-k accuracies, areas, intervals, tests, and figures of rounded figures.

import type { Claim } from '@ferlab/audit';
import type { RandomStream } from '../../src/random';
import { measureExactly, type Ratio } from './exact';
import {
  type honestClaim,
  logUniform,
  type Matrix,
  type Printing,
  printFigure,
  toNumber,
} from './random-claims';

/** What a claim is made of: the matrix, how its figures are printed, and everything that they are. */
export interface Made {
  readonly matrix: Matrix;
  readonly printing: Printing;
  readonly all: ReturnType<typeof honestClaim>;
  /** The same as the auditor reads it. */
  readonly claim: Claim;
}

/** Accuracies of more and more guesses. */
export function topAccuracies({ claim, matrix, printing }: Made): Claim {
  const { random } = printing;
  const n = matrix.flat().reduce((a, b) => a + b);
  let count = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  const topK: Record<string, string> = {};
  for (let k = 2; k <= matrix.length; k++) {
    count = k === matrix.length ? n : count + random.integer(n - count + 1);
    if (random.uniform() < 0.5) topK[k] = printFigure([BigInt(count), BigInt(n)], printing);
  }
  const { supports: _, ...bare } = claim;
  return { ...(random.uniform() < 0.5 ? claim : bare), topK };
}

/** The area of scores of two classes, with the recalls at a threshold. */
export function area(random: RandomStream, printing: Printing): Claim {
  const draw = (shift: number) =>
    Array.from({ length: logUniform(random, 5, 300) }, () => Math.round(10 * (random.uniform() + shift)));
  const [ill, well] = [draw(random.uniform()), draw(0)];
  let twice = 0;
  for (const a of ill) for (const b of well) twice += a > b ? 2 : a === b ? 1 : 0;
  const threshold = random.integer(15);
  const right = [ill.filter((score) => score > threshold), well.filter((score) => score <= threshold)];
  const share = (top: number, bottom: number) => printFigure([BigInt(top), BigInt(bottom)], printing);
  const recall = { ill: share(right[0]!.length, ill.length), well: share(right[1]!.length, well.length) };
  return {
    title: 'random',
    ...(printing.percent === 'scale' && { scale: 'percent' as const }),
    classes: ['ill', 'well'],
    ...(random.uniform() < 0.5 && { supports: { ill: ill.length, well: well.length } }),
    rounding: printing.rounding,
    perClass: { recall },
    auc: share(twice, 2 * ill.length * well.length),
  };
}

/** Wald's interval (or a bootstrap's, which is anything near it) of the accuracy and of a recall. */
export function intervals({ claim, matrix, printing }: Made): Claim {
  const measured = measureExactly(matrix);
  const n = matrix.flat().reduce((a, b) => a + b);
  const { random } = printing;
  const bounds = (value: Ratio, items: number) => {
    const p = toNumber(value);
    const half = 1.959964 * Math.sqrt((p * (1 - p)) / items) * (0.8 + 0.4 * random.uniform());
    const end = (at: number): Ratio => [
      BigInt(Math.round(1e9 * Math.min(1, Math.max(0, at)))),
      1_000_000_000n,
    ];
    return { low: printFigure(end(p - half), printing), high: printFigure(end(p + half), printing) };
  };
  const items = matrix[0]!.reduce((a, b) => a + b);
  return {
    ...claim,
    intervals: {
      accuracy: bounds(measured.accuracy, n),
      'perClass.recall.c0': bounds(measured.classes.recall[0]!, items),
    },
  };
}

/** McNemar's exact test against a system that the first one beats in b items and loses to in c. */
export function mcnemar({ claim, matrix, printing }: Made): Claim {
  const { random } = printing;
  const n = matrix.flat().reduce((a, b) => a + b);
  const right = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
  const [b, c] = [random.integer(Math.min(50, right) + 1), random.integer(Math.min(50, n - right) + 1)];
  let [term, tail] = [0.5 ** (b + c), 0];
  for (let k = 0; k <= Math.min(b, c); k++) {
    tail += term;
    term *= (b + c - k) / (k + 1);
  }
  const p = Math.min(1, 2 * tail);
  const other = printFigure([BigInt(right - b + c), BigInt(n)], printing);
  const counts = random.uniform() < 0.5 ? { b, c } : { other };
  return { ...claim, mcnemar: { p: p < 0.001 ? '<0.001' : p.toFixed(3), ...counts } };
}

/** F1s of printed precisions and recalls, and macro means of printed figures. */
export function computedFromRounded({ claim, printing }: Made): Claim {
  const { precision, recall } = claim.perClass!;
  const value = (text: string): Ratio => {
    const digits = text.replace('%', '');
    const places = BigInt(digits.split('.')[1]?.length ?? 0) + (printing.percent ? 2n : 0n);
    return [BigInt(digits.replace('.', '')), 10n ** places];
  };
  const show = (ratio: Ratio) => printFigure(ratio, printing);
  const f1 = Object.fromEntries(
    claim.classes.map((name) => {
      const [[a, b], [c, d]] = [value(precision![name]!), value(recall![name]!)];
      const bottom = a * d + c * b;
      return [name, show(bottom === 0n ? [0n, 1n] : [2n * a * c, bottom])];
    }),
  );
  const mean = (table: Readonly<Record<string, string>>) => {
    const values = claim.classes.map((name) => value(table[name]!));
    const sum = values.reduce(([a, b], [c, d]) => [a * d + c * b, b * d] as const);
    return show([sum[0], sum[1] * BigInt(values.length)]);
  };
  const macro = { precision: mean(precision!), recall: mean(recall!), f1: mean(f1) };
  return { ...claim, perClass: { precision: precision!, recall: recall!, f1 }, means: { macro } };
}

import type { Claim } from '@ferlab/audit';
import type { Reading } from '../../packages/audit/src/claim/reading';
import type { Rounding } from '../../packages/audit/src/numbers/interval';

/** A ratio of whole numbers; the auditor's own fractions and intervals are not used here. */
type Ratio = readonly [bigint, bigint];

const over = (top: number, bottom: number): Ratio =>
  bottom === 0 ? [0n, 1n] : [BigInt(top), BigInt(bottom)];
const plus = (a: Ratio, b: Ratio): Ratio => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const times = (a: Ratio, b: Ratio): Ratio => [a[0] * b[0], a[1] * b[1]];
const mean = (values: readonly Ratio[]): Ratio => times(values.reduce(plus), [1n, BigInt(values.length)]);

/** Whether programs that round so may print the ratio as this text, such as `0.86`. */
function prints([top, bottom]: Ratio, text: string, rounding: Rounding): boolean {
  const [whole = '', decimals = ''] = text.split('.');
  const shown = BigInt(whole + decimals);
  const scaled = top * 10n ** BigInt(decimals.length);
  const down = scaled / bottom;
  const rest = scaled % bottom;
  const up = rest === 0n ? down : down + 1n;
  const nearest = 2n * rest === bottom ? [down, up] : [2n * rest < bottom ? down : up];
  const all = { truncated: [down], up: [up], nearest, unknown: [down, up] };
  return all[rounding].includes(shown);
}

interface Measured {
  readonly accuracy: Ratio;
  readonly perClass: Record<string, readonly Ratio[]>;
  readonly means: Record<string, Record<string, Ratio>>;
}

/** Every measure from the cells, by definition. */
function measure(matrix: readonly (readonly number[])[], { macroF1, classAccuracy }: Reading): Measured {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const n = sum(matrix.map(sum));
  const rows = matrix.map(sum);
  const columns = matrix.map((_, j) => sum(matrix.map((row) => row[j]!)));
  const right = matrix.map((row, i) => row[i]!);
  const recall = right.map((t, i) => over(t, rows[i]!));
  const precision = right.map((t, i) => over(t, columns[i]!));
  const f1 = right.map((t, i) => over(2 * t, rows[i]! + columns[i]!));
  const ovr = right.map((t, i) => over(n - (rows[i]! - t) - (columns[i]! - t), n));
  const weigh = (values: readonly Ratio[]) => values.map((v, i) => times(v, over(rows[i]!, n))).reduce(plus);
  const [p, r] = [mean(precision), mean(recall)];
  const both = plus(p, r);
  const ofMeans: Ratio = both[0] === 0n ? [0n, 1n] : [2n * p[0] * r[0] * both[1], p[1] * r[1] * both[0]];
  const accuracy = over(sum(right), n);
  return {
    accuracy,
    perClass: { recall, precision, f1, accuracy: classAccuracy === 'one-vs-rest' ? ovr : recall },
    means: {
      macro: { recall: r, precision: p, f1: macroF1 === 'F1 of means' ? ofMeans : mean(f1) },
      weighted: { recall: weigh(recall), precision: weigh(precision), f1: weigh(f1) },
      // Over all classes together each wrong answer is one false positive and one false negative.
      micro: { recall: accuracy, precision: accuracy, f1: accuracy },
    },
  };
}

/**
 * The fields of a claim about one evaluation that a matrix does not yield, by a calculation of its own from the cells;
 * for overall accuracies that are shares of correct answers.
 */
export function misprints(claim: Claim, matrix: readonly (readonly number[])[], reading: Reading): string[] {
  const found = measure(matrix, reading);
  const rounding = claim.rounding ?? 'nearest';
  const wrong: string[] = [];
  const compare = (field: string, text: string | undefined, value: Ratio) => {
    if (text !== undefined && !prints(value, text, rounding)) wrong.push(field);
  };
  const accuracy = reading.accuracy === 'mean of classes' ? mean(found.perClass.accuracy!) : found.accuracy;
  compare('accuracy', claim.accuracy, accuracy);
  for (const [metric, table] of Object.entries(claim.perClass ?? {})) {
    claim.classes.forEach((name, i) => {
      compare(`perClass.${metric}.${name}`, table[name], found.perClass[metric]![i]!);
    });
  }
  for (const [kind, table] of Object.entries(claim.means ?? {})) {
    for (const [metric, text] of Object.entries(table)) {
      compare(`means.${kind}.${metric}`, text, found.means[kind]![metric]!);
    }
  }
  claim.classes.forEach((name, i) => {
    const count = matrix[i]!.reduce((a, b) => a + b, 0);
    if (claim.supports && claim.supports[name] !== count) wrong.push(`supports.${name}`);
    if (matrix[i]!.some((cell) => !Number.isInteger(cell) || cell < 0)) wrong.push(`row of ${name}`);
    const row = claim.confusion?.rows[name];
    if (row?.some((cell, j) => typeof cell === 'number' && cell !== matrix[i]![j]))
      wrong.push(`confusion.${name}`);
  });
  if (claim.n !== undefined && claim.n !== matrix.flat().reduce((a, b) => a + b, 0)) wrong.push('n');
  return wrong;
}

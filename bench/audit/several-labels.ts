// Items that may have several labels, or none: each class is a matrix of two classes by itself.

import type { Claim } from '@ferlab/audit';
import type { RandomStream } from '../../src/random';
import { average, type Ratio, scale } from './exact';
import { logUniform, type Printing, printFigure } from './random-claims';

const METRICS = ['precision', 'recall', 'f1'] as const;

/** True positives, items with the label, and items that are given it. */
interface Counts {
  right: number;
  labelled: number;
  given: number;
}

function measuresOf({ right, labelled, given }: Counts): Record<(typeof METRICS)[number], Ratio> {
  const over = (top: number, bottom: number): Ratio =>
    bottom === 0 ? [0n, 1n] : [BigInt(top), BigInt(bottom)];
  return {
    precision: over(right, given),
    recall: over(right, labelled),
    f1: over(2 * right, labelled + given),
  };
}

/** An honest report of a classifier of several labels, as scikit-learn makes it: micro, macro and weighted means. */
export function severalLabels(random: RandomStream, printing: Printing): Claim {
  const classes = 2 + random.integer(8);
  const n = logUniform(random, 10, 2000);
  const counts = Array.from({ length: classes }, (): Counts => ({ right: 0, labelled: 0, given: 0 }));
  const [shares, skill] = [counts.map(() => random.uniform() * 0.7), random.uniform()];
  let whole = 0;
  for (let item = 0; item < n; item++) {
    let isRight = true;
    for (const [i, count] of counts.entries()) {
      const has = random.uniform() < shares[i]! || (item === 0 && count.labelled === 0);
      const gets = random.uniform() < skill ? has : random.uniform() < shares[i]!;
      count.labelled += Number(has);
      count.given += Number(gets);
      count.right += Number(has && gets);
      isRight &&= has === gets;
    }
    whole += Number(isRight);
  }
  return reportOf(counts, { n, whole, printing });
}

function reportOf(
  counts: readonly Counts[],
  { n, whole, printing }: { n: number; whole: number; printing: Printing },
): Claim {
  const names = counts.map((_, i) => `c${i}`);
  const show = (value: Ratio) => printFigure(value, printing);
  const sum = (of: (count: Counts) => number) => counts.reduce((total, count) => total + of(count), 0);
  const all = counts.map(measuresOf);
  const labels = sum(({ labelled }) => labelled);
  const together = measuresOf({ right: sum((c) => c.right), labelled: labels, given: sum((c) => c.given) });
  const table = (of: (metric: (typeof METRICS)[number]) => string) =>
    Object.fromEntries(METRICS.map((metric) => [metric, of(metric)]));
  const byClass = (metric: (typeof METRICS)[number]) =>
    Object.fromEntries(names.map((name, i) => [name, show(all[i]![metric])]));
  const weights = counts.map(({ labelled }) => BigInt(labelled) * BigInt(counts.length));
  const weighted = (metric: (typeof METRICS)[number]) =>
    average(all.map((one, i) => scale(one[metric], weights[i]!, BigInt(labels))));
  return {
    title: 'random',
    ...(printing.percent === 'scale' && { scale: 'percent' as const }),
    classes: names,
    labels: 'several',
    n,
    supports: Object.fromEntries(names.map((name, i) => [name, counts[i]!.labelled])),
    rounding: printing.rounding,
    accuracy: show([BigInt(whole), BigInt(n)]),
    perClass: { precision: byClass('precision'), recall: byClass('recall'), f1: byClass('f1') },
    means: {
      micro: table((metric) => show(together[metric])),
      macro: table((metric) => show(average(all.map((one) => one[metric])))),
      weighted: table((metric) => show(weighted(metric))),
    },
  };
}

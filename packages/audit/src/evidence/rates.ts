import type { Claim, ClassRate } from '../claim/claim';
import { entryOf } from '../claim/claim';
import { Fraction } from '../numbers/fraction';
import { affine, contains, type Interval, ONE, ZERO } from '../numbers/interval';
import type { Figure, Parse } from './figure';

const NAMES: Readonly<Record<ClassRate, string>> = {
  specificity: 'specificity',
  npv: 'negative predictive value',
  fpr: 'false positive rate',
  fnr: 'false negative rate',
  jaccard: 'Jaccard index',
  f2: 'F2',
  f05: 'F0.5',
};

/**
 * Rates as the quantities that they tell. With two classes the specificity of one is the recall of the other, and its negative
 * predictive value the other's precision. A false negative rate is 1 - recall, a false positive rate 1 - specificity, and
 * a Jaccard index J gives F1 = 2J / (1 + J).
 */
export function rateFigures(claim: Claim, parse: Parse): Figure[] {
  return Object.entries(claim.rates ?? {}).flatMap(([rate, table]) =>
    Object.entries(table ?? {}).flatMap(([label, text]): Figure[] => {
      const meaning = `${NAMES[rate as ClassRate]} of ${label}`;
      const at = { field: `rates.${rate}.${label}`, meaning, key: keyOf(claim, rate as ClassRate, label) };
      const figure = parse(text, at);
      if (rate === 'fnr' && mayBeEmpty(claim, label, figure.interval)) return [];
      return [{ ...figure, interval: transformed(rate as ClassRate, figure.interval) }];
    }),
  );
}

function keyOf({ classes, aggregation, labels }: Claim, rate: ClassRate, label: string): string {
  const index = classes.indexOf(label);
  const other = classes.length === 2 && labels !== 'several' ? 1 - index : undefined;
  switch (rate) {
    case 'specificity':
    case 'fpr':
      return other === undefined ? `specificity:${index}` : `recall:${other}`;
    case 'npv':
      return other === undefined ? `npv:${index}` : `precision:${other}`;
    case 'fnr':
      return `recall:${index}`;
    case 'f2':
    case 'f05':
      return `${rate}:${index}`;
    case 'jaccard':
      // The mean of several Jaccard indices tells nothing of the mean F1.
      return (aggregation?.kind ?? 'single') === 'single' ? `f1:${index}` : `jaccard:${index}`;
  }
}

/** Without items a class has no false negative rate; programs print 0 then, which must not count as a recall of 1. */
function mayBeEmpty({ supports }: Claim, label: string, interval: Interval): boolean {
  return contains(interval, ZERO) && !((entryOf(supports, label) ?? 0) > 0);
}

/** The values of the quantity behind a rate. */
function transformed(rate: ClassRate, interval: Interval): Interval {
  if (rate === 'fpr' || rate === 'fnr') return affine(interval, new Fraction(-1), ONE);
  if (rate !== 'jaccard') return interval;
  const f1 = (jaccard: Fraction) => jaccard.mul(2).div(jaccard.add(1));
  return { ...interval, lo: f1(interval.lo), hi: f1(interval.hi) };
}

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
 * a Jaccard index J gives F1 = 2J / (1 + J). Without items neither rate is defined, and programs print 0 for both it and its
 * complement, so that one tells nothing of the other.
 */
export function rateFigures(claim: Claim, parse: Parse): Figure[] {
  return Object.entries(claim.rates ?? {}).flatMap(([rate, table]) =>
    Object.entries(table ?? {}).flatMap(([label, text]): Figure[] => {
      const meaning = `${NAMES[rate as ClassRate]} of ${label}`;
      const at = { field: `rates.${rate}.${label}`, meaning, key: keyOf(claim, rate as ClassRate, label) };
      const figure = parse(text, at);
      if (mayBeUndefined(claim, rate as ClassRate, { label, interval: figure.interval })) return [];
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

/**
 * Whether a false negative or false positive rate may be one of no items: it is 0, and nothing printed shows such items; or it
 * is a mean over parts with items of their own, some of which may have none.
 */
function mayBeUndefined(
  claim: Claim,
  rate: ClassRate,
  { label, interval }: { label: string; interval: Interval },
): boolean {
  if (rate !== 'fnr' && rate !== 'fpr') return false;
  const kind = claim.aggregation?.kind ?? 'single';
  if (kind !== 'single' && kind !== 'runs') return true;
  const counted = claim.classes.filter((name) => (name === label) === (rate === 'fnr'));
  return contains(interval, ZERO) && !counted.some((name) => hasItems(claim, name));
}

/** Whether the supports or a figure that is 0 without items show that a class has some. */
function hasItems({ supports, perClass = {} }: Claim, name: string): boolean {
  const figures = [perClass.recall, perClass.precision, perClass.f1].map((table) => entryOf(table, name));
  return (
    (entryOf(supports, name) ?? 0) > 0 || figures.some((text) => text !== undefined && /[1-9]/.test(text))
  );
}

/** The values of the quantity behind a rate. */
function transformed(rate: ClassRate, interval: Interval): Interval {
  if (rate === 'fpr' || rate === 'fnr') return affine(interval, new Fraction(-1), ONE);
  if (rate !== 'jaccard') return interval;
  const f1 = (jaccard: Fraction) => jaccard.mul(2).div(jaccard.add(1));
  return { ...interval, lo: f1(interval.lo), hi: f1(interval.hi) };
}

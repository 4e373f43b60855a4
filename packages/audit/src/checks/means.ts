import { type Evidence, sum } from '../evidence/evidence';
import { type Figure, toReference } from '../evidence/figure';
import { contradictSum, type Term } from '../numbers/additive';
import { Fraction } from '../numbers/fraction';
import { formatFraction, formatInterval, UNIT } from '../numbers/interval';
import type { Certificate } from '../report/report';
import { type Check, certificate, conclude, quote } from './check';

const METRICS = ['precision', 'recall', 'f1'] as const;

function classTerms(evidence: Evidence, metric: string, weights: readonly Fraction[]): Term<Figure>[] {
  return weights.map((weight, i) => {
    const figure = evidence.narrowest(`${metric}:${i}`);
    return { weight, known: figure?.interval ?? UNIT, fallback: UNIT, from: figure };
  });
}

/** Contradiction between a printed mean and the class figures it is the mean of. */
function meanContradiction(mean: Figure, terms: readonly Term<Figure>[]): Certificate[] {
  const found = contradictSum(mean.interval, terms);
  if (!found) return [];
  const used = found.terms.map((term) => term.from!);
  const rest = found.terms.length < terms.length ? ', whatever the other classes have,' : '';
  const bound =
    found.side === 'below'
      ? `is at most ${formatFraction(found.sum.hi)}`
      : `is at least ${formatFraction(found.sum.lo)}`;
  const statement = `by ${quote(used)} the ${mean.meaning}${rest} ${bound}, but ${mean.text} means ${formatInterval(mean.interval)}`;
  return [certificate([mean, ...used], statement)];
}

export const macroMeans: Check = {
  id: 'macro-means',
  title: 'Macro means are the means of the class figures',
  rule:
    'A macro mean is (1/K) times the sum of the K class figures, so it lies between the means of the ends of their ' +
    'intervals. Macro-F1 is bound so where it is defined as the mean of the F1s.',
  source: 'definition of the macro mean',
  run(evidence) {
    const count = evidence.classes.length;
    const weights = evidence.classes.map(() => new Fraction(1, count));
    const failures: Certificate[] = [];
    let tried = 0;
    for (const metric of METRICS) {
      const terms = classTerms(evidence, metric, weights);
      if (!terms.some((term) => term.from)) continue;
      for (const mean of evidence.find(`macro:${metric}`)) {
        tried++;
        failures.push(...meanContradiction(mean, terms));
      }
    }
    const ok = `${tried === 1 ? 'the macro mean agrees' : `${tried} macro means agree`} with the class figures`;
    return conclude(failures, tried, { ok, missing: 'no macro mean is printed with class figures' });
  },
};

export const weightedMeans: Check = {
  id: 'weighted-means',
  title: 'Weighted means, and the accuracy, are weighted by the supports',
  rule:
    'A weighted mean is the sum of (n_i / n) times the class figures; for recall it is the accuracy. With known ' +
    'supports it lies between the weighted sums of the ends of their intervals; with unknown supports it still ' +
    'lies between the smallest and the largest of them.',
  source: 'definition of the weighted mean; sum_i (n_i / n) (TP_i / n_i) = accuracy',
  run(evidence) {
    const kind = evidence.aggregation.kind;
    const fixed = kind === 'single' || kind === 'runs';
    const failures: Certificate[] = [];
    let tried = 0;
    for (const metric of fixed ? METRICS : []) {
      const means = evidence.find(metric === 'recall' ? 'accuracy' : `weighted:${metric}`);
      for (const mean of means) {
        const found = evidence.supports
          ? known(evidence, metric, mean)
          : unknownSupports(evidence, metric, mean);
        if (!found) continue;
        tried++;
        failures.push(...found);
      }
    }
    const ok = `${tried === 1 ? 'the weighted mean or accuracy agrees' : `${tried} weighted means (accuracy among them) agree`} with the class figures`;
    return conclude(failures, tried, {
      ok,
      missing: fixed
        ? 'no weighted mean or accuracy is printed with enough class figures'
        : 'weights differ between folds',
    });
  },
};

function known(evidence: Evidence, metric: string, mean: Figure): Certificate[] | undefined {
  const total = sum(evidence.supports!);
  const weights = evidence.supports!.map((count) => new Fraction(count, total));
  const terms = classTerms(evidence, metric, weights);
  if (!terms.some((term) => term.from)) return undefined;
  const extremes = evidence.supports!.every((count) => count > 0) && unknownSupports(evidence, metric, mean);
  return [...meanContradiction(mean, terms), ...(extremes || [])];
}

/** A weighted mean of numbers, all weights positive, exceeds none but the largest and is below none but the smallest. */
function unknownSupports(evidence: Evidence, metric: string, mean: Figure): Certificate[] | undefined {
  const figures = evidence.classes.map((_, i) => evidence.narrowest(`${metric}:${i}`));
  if (figures.some((figure) => figure === undefined)) return undefined;
  const all = figures as Figure[];
  const top = all.reduce((best, figure) => (figure.interval.hi.gt(best.interval.hi) ? figure : best));
  const bottom = all.reduce((best, figure) => (figure.interval.lo.lt(best.interval.lo) ? figure : best));
  // Only a class that has items must take part.
  const sure = all.filter((_, i) => evidence.supportRanges[i]!.from > 0);
  if (mean.interval.lo.compare(top.interval.hi) >= 0 && !allReach([top, ...sure], top.interval.hi, mean)) {
    return [extremeCertificate(mean, { all, extreme: top, which: 'largest' })];
  }
  if (
    mean.interval.hi.compare(bottom.interval.lo) <= 0 &&
    !allReach([bottom, ...sure], bottom.interval.lo, mean)
  ) {
    return [extremeCertificate(mean, { all, extreme: bottom, which: 'smallest' })];
  }
  return [];
}

/** The mean equals the extreme value only if every class has that value. */
function allReach(figures: readonly Figure[], value: Fraction, mean: Figure): boolean {
  const reaches = (figure: Figure) => {
    const { lo, hi, loOpen, hiOpen } = figure.interval;
    return value.compare(lo) >= (loOpen ? 1 : 0) && value.compare(hi) <= (hiOpen ? -1 : 0);
  };
  return reaches(mean) && figures.every(reaches);
}

interface Extreme {
  readonly all: readonly Figure[];
  readonly extreme: Figure;
  readonly which: 'largest' | 'smallest';
}

function extremeCertificate(mean: Figure, { all, extreme, which }: Extreme): Certificate {
  const isLargest = which === 'largest';
  const end = isLargest ? extreme.interval.hi : extreme.interval.lo;
  const meets = end.equals(isLargest ? mean.interval.lo : mean.interval.hi);
  const statement =
    `the ${mean.meaning} is a weighted mean, so it can't ${isLargest ? 'exceed' : 'be below'} the ${which} class figure, ` +
    `whatever the supports: ${extreme.meaning} ${extreme.text} (at ${isLargest ? 'most' : 'least'} ${formatFraction(end)}; ` +
    `none of the other ${all.length - 1} is ${isLargest ? 'larger' : 'smaller'}) against ${mean.text} ` +
    `${formatInterval(mean.interval)}${meets ? `; they could meet only if every one of the ${all.length} were ${formatFraction(end)}` : ''}`;
  const others = all.filter((figure) => figure !== extreme).map(toReference);
  return { ...certificate([mean, extreme], statement), others };
}

import { type Claim, entryOf } from '../claim/claim';
import { classCapacity, type DatasetPart } from '../claim/datasets';
import { Fraction } from '../numbers/fraction';
import { contains } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';
import type { Evidence } from './evidence';

const METRICS = ['precision', 'recall', 'f1'] as const;
type Metric = (typeof METRICS)[number];

/**
 * Whether means of unstated kind are the class figures weighted by the official counts of the data set, or of one of its
 * parts, where the printed supports and plain means are not: then the means tell which images they are about.
 */
export function officialWeights({ claim, dataset }: Evidence): string[] {
  const metrics = METRICS.filter((metric) => claim.means?.unspecified?.[metric] !== undefined);
  if (!dataset || metrics.length === 0) return [];
  const parts = [['the whole set', dataset.all] as const, ...Object.entries(dataset.parts)];
  const fitting = parts.filter(([, part]) => fits(claim, metrics, official(claim, part)));
  const plain = claim.classes.map(() => 1);
  const printed = claim.classes.map((name) => entryOf(claim.supports, name));
  if (fitting.length === 0 || fits(claim, metrics, printed) || fits(claim, metrics, plain)) return [];
  const weights = official(claim, fitting[0]![1]);
  const shown = (by: readonly (number | undefined)[]) =>
    metrics.map((metric) => `${metric} ${show(claim, metric, by)}`).join(', ');
  const names = fitting.map(([name]) => name).join(', ');
  const others = printed.every((count) => count !== undefined)
    ? `by the printed supports ${shown(printed)}; `
    : '';
  const recall = metrics.includes('recall')
    ? `; so weighted the recall is the accuracy, about ${show(claim, 'recall', weights)}`
    : '';
  return [
    `the overall means are the class figures weighted by the official counts of ${dataset.name} (${names}): ` +
      `${shown(weights)} (${others}plain means ${shown(plain)})${recall}`,
  ];
}

function official({ classes }: Claim, part: DatasetPart): (number | undefined)[] {
  return classes.map((name) => classCapacity(part, name));
}

/** The weighted mean of the class figures, taken as exact; undefined where one or its weight is missing. */
function weightedMean(
  claim: Claim,
  metric: Metric,
  weights: readonly (number | undefined)[],
): Fraction | undefined {
  const texts = claim.classes.map((name) => entryOf(claim.perClass?.[metric], name));
  if (texts.some((text) => text === undefined) || weights.some((weight) => weight === undefined))
    return undefined;
  const total = weights.reduce<number>((sum, weight) => sum + weight!, 0);
  const weighted = texts.map((text, i) => {
    const { lo, hi } = read(claim, text!);
    return lo.add(hi).div(2).mul(weights[i]!);
  });
  return weighted.reduce((sum, value) => sum.add(value), new Fraction(0)).div(total);
}

function read({ scale = 'fraction', rounding = 'nearest' }: Claim, text: string) {
  return parseFigure(text, { field: 'figure', scale, rounding }).interval;
}

function fits(claim: Claim, metrics: readonly Metric[], weights: readonly (number | undefined)[]): boolean {
  return metrics.every((metric) => {
    const mean = weightedMean(claim, metric, weights);
    return mean !== undefined && contains(read(claim, claim.means!.unspecified![metric]!), mean);
  });
}

function show(claim: Claim, metric: Metric, weights: readonly (number | undefined)[]): string {
  return Number(weightedMean(claim, metric, weights)!.valueOf()).toFixed(3);
}

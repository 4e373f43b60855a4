import { type Claim, entryOf } from '../claim/claim';
import { Fraction } from '../numbers/fraction';
import { contains, harmonicMean, type Interval, powerInterval } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';

/**
 * The fields whose figures are just what the printed figures behind them give when these are taken as exact: an F1 from
 * rounded precision and recall, a mean from rounded class figures. Who computes them so prints them honestly, and they
 * say nothing more about the matrix.
 */
export function derivedFields(claim: Claim): string[] {
  return [...derivedF1s(claim), ...derivedMeans(claim), ...derivedGMean(claim)];
}

/** The number that stands there, taken as exact. */
function exactValue(claim: Claim, text: string): Fraction {
  const bare = text.trim().replace('%', '');
  const percent = claim.scale === 'percent' || text.includes('%');
  return new Fraction(bare).div(percent ? 100 : 1);
}

function intervalOf(claim: Claim, field: string, text: string): Interval {
  const { scale = 'fraction', rounding = 'nearest' } = claim;
  return parseFigure(text, { field, scale, rounding }).interval;
}

function stands(claim: Claim, field: string, { text, value }: { text: string; value: Fraction }): boolean {
  return contains(intervalOf(claim, field, text), value);
}

/** A G-mean of the printed recalls, or of a recall and a specificity of one of two classes. */
function derivedGMean(claim: Claim): string[] {
  const { classes, gMean } = claim;
  if (gMean === undefined) return [];
  const recalls = classes.map((name, i) => {
    const others = classes.length === 2 ? entryOf(claim.rates?.specificity, classes[1 - i]!) : undefined;
    return entryOf(claim.perClass?.recall, name) ?? others;
  });
  if (recalls.includes(undefined)) return [];
  const product = recalls.reduce((all, text) => all.mul(exactValue(claim, text!)), new Fraction(1));
  const power = powerInterval(intervalOf(claim, 'gMean', gMean), classes.length);
  return contains(power, product) ? ['gMean'] : [];
}

function derivedF1s(claim: Claim): string[] {
  const { precision, recall, f1 } = claim.perClass ?? {};
  return Object.entries(f1 ?? {}).flatMap(([name, text]) => {
    const [p, r] = [entryOf(precision, name), entryOf(recall, name)];
    if (p === undefined || r === undefined) return [];
    const value = harmonicMean(exactValue(claim, p), exactValue(claim, r));
    const field = `perClass.f1.${name}`;
    return stands(claim, field, { text, value }) ? [field] : [];
  });
}

function derivedMeans(claim: Claim): string[] {
  return Object.entries(claim.means ?? {}).flatMap(([kind, table]) =>
    Object.entries(table ?? {}).flatMap(([metric, text]) => {
      const field = `means.${kind}.${metric}`;
      const values = candidates(claim, kind, metric as 'precision' | 'recall' | 'f1');
      return values.some((value) => stands(claim, field, { text, value })) ? [field] : [];
    }),
  );
}

/** What a mean would be if it were computed from printed figures: those of the classes, or two other means. */
function candidates(claim: Claim, kind: string, metric: 'precision' | 'recall' | 'f1'): Fraction[] {
  const printed = claim.classes.map((name) => entryOf(claim.perClass?.[metric], name));
  const found: Fraction[] = [];
  if (printed.length > 0 && printed.every((text) => text !== undefined)) {
    const values = printed.map((text) => exactValue(claim, text!));
    if (kind !== 'weighted') found.push(sum(values).div(values.length));
    const counts = claim.classes.map((name) => entryOf(claim.supports, name));
    const total = counts.reduce<number>((all, count) => all + (count ?? 0), 0);
    if (kind !== 'macro' && total > 0 && counts.every((count) => count !== undefined)) {
      found.push(sum(values.map((value, i) => value.mul(counts[i]!))).div(total));
    }
  }
  const { precision, recall } = claim.means?.[kind as 'macro'] ?? {};
  if (metric === 'f1' && precision !== undefined && recall !== undefined) {
    found.push(harmonicMean(exactValue(claim, precision), exactValue(claim, recall)));
  }
  return found;
}

function sum(values: readonly Fraction[]): Fraction {
  return values.reduce((a, b) => a.add(b), new Fraction(0));
}

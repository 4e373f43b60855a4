import { type Claim, entryOf } from '../claim/claim';
import { Fraction } from '../numbers/fraction';
import { contains, harmonicMean } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';

/**
 * The fields whose figures are just what the printed figures behind them give when these are taken as exact: an F1 from
 * rounded precision and recall, a mean from rounded class figures. Who computes them so prints them honestly, and they
 * say nothing more about the matrix.
 */
export function derivedFields(claim: Claim): string[] {
  return [...derivedF1s(claim), ...derivedMeans(claim)];
}

/** The number that stands there, taken as exact. */
function exactValue(claim: Claim, text: string): Fraction {
  const bare = text.trim().replace('%', '');
  const percent = claim.scale === 'percent' || text.includes('%');
  return new Fraction(bare).div(percent ? 100 : 1);
}

function stands(claim: Claim, field: string, { text, value }: { text: string; value: Fraction }): boolean {
  const { interval } = parseFigure(text, {
    field,
    scale: claim.scale ?? 'fraction',
    rounding: claim.rounding ?? 'nearest',
  });
  return contains(interval, value);
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

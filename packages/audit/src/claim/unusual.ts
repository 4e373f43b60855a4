import { type Claim, entryOf, type MeanMetric } from './claim';
import type { Reading } from './reading';

/**
 * Readings that depart from a usual one in one convention. They are tried when every usual reading is impossible: a
 * claim that is honest under one of them must not be called impossible.
 * @param usual one of the usual readings of the claim
 */
export function unusualReadings(claim: Claim, usual: Reading): Reading[] {
  const { means = {} } = claim;
  const found: Reading[] = [];
  const add = (change: Reading) => found.push({ ...usual, ...change });
  for (const meansOf of mixedMeans(claim)) add({ meansOf });
  const unstated = Object.values(means.unspecified ?? {});
  // Micro means are one number, so figures that differ are none.
  if (unstated.length > 0 && new Set(unstated).size === 1) add({ means: 'micro' });
  if (
    means.weighted?.f1 !== undefined ||
    (usual.means === 'weighted' && means.unspecified?.f1 !== undefined)
  ) {
    add({ weightedF1: 'F1 of means' });
  }
  add({ fromRounded: 'yes' });
  if (hasMicroForAccuracy(claim)) add({ labels: 'several, or classes are left out' });
  if (mayBeUndefined(claim)) {
    add({ undefinedAs: 'one' });
    add({ undefinedAs: 'left out' });
  }
  return found;
}

/** Programs print micro means in place of the accuracy where the two differ in general, even if they are equal by chance. */
function hasMicroForAccuracy({ means, accuracy, labels, classes }: Claim): boolean {
  return means?.micro !== undefined && accuracy === undefined && labels === undefined && classes.length > 0;
}

/** Means of unstated kind that are not all of the same one. */
function mixedMeans({ means }: Claim): NonNullable<Reading['meansOf']>[] {
  const metrics = Object.keys(means?.unspecified ?? {}) as MeanMetric[];
  const all = Array.from({ length: 2 ** metrics.length }, (_, mask) =>
    metrics.map((metric, i) => [metric, (mask >> i) & 1 ? 'weighted' : 'macro'] as const),
  );
  const mixed = all.filter((kinds) => new Set(kinds.map(([, kind]) => kind)).size > 1);
  return mixed.map((kinds) => Object.fromEntries(kinds));
}

/** Whether a class may have no items or no predictions: only where a figure of it is 0, 1 or not printed. */
function mayBeUndefined({ classes, perClass }: Claim): boolean {
  return classes.some((name) => {
    const printed = [perClass?.precision, perClass?.recall, perClass?.f1].map((table) =>
      entryOf(table, name),
    );
    return printed.every(
      (text) => text === undefined || /^0*[01]?\.?0*\s*%?$|^100\.?0*\s*%?$/.test(text.trim()),
    );
  });
}

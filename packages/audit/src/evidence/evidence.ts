import { type Aggregation, type Claim, entryOf } from '../claim/claim';
import { classCapacity, type DatasetCapacity, type DatasetPart, findDataset } from '../claim/datasets';
import { isWholePart, type Reading } from '../claim/reading';
import type { Fraction } from '../numbers/fraction';
import { type CountRange, ceilOf, contains, floorOf, ZERO } from '../numbers/interval';
import { parseFigure } from '../numbers/parse-figure';
import { type Figure, narrowestOf, parser } from './figure';
import { collectFigures } from './figures';

/** A claim under one reading, ready for the checks. */
export interface Evidence {
  readonly claim: Claim;
  readonly reading: Reading;
  readonly classes: readonly string[];
  readonly aggregation: Aggregation;
  readonly figures: readonly Figure[];
  /** Number of items of each class, when the reading takes them as known. */
  readonly supports: readonly number[] | undefined;
  /** What is known of the supports in any case: at least 1 where something was recalled, at most the capacity. */
  readonly supportRanges: readonly CountRange[];
  /** Number of items evaluated, when known. */
  readonly n: number | undefined;
  readonly dataset: DatasetCapacity | undefined;
  /** The part of the data set in which the items must fit. */
  readonly capacity: DatasetPart | undefined;
  /** All figures of a quantity; more than one when it is printed more than once. */
  find(key: string): readonly Figure[];
  /** The figure that says most about a quantity, or undefined when it is not printed. */
  narrowest(key: string): Figure | undefined;
}

/** Puts a claim into the terms of one reading. */
export function gatherEvidence(claim: Claim, reading: Reading): Evidence {
  return evidenceOf(claim)(reading);
}

/** Puts a claim into the terms of readings, its figures parsed once. */
export function evidenceOf(claim: Claim): (reading: Reading) => Evidence {
  const parse = parser(claim);
  return (reading) => {
    const read = reading.labels ? { ...claim, labels: 'several' as const } : claim;
    return gather(read, reading, collectFigures(read, reading, parse));
  };
}

function gather(claim: Claim, reading: Reading, figures: readonly Figure[]): Evidence {
  const dataset = claim.dataset ? findDataset(claim.dataset) : undefined;
  const capacity = dataset && (claim.part ? dataset.parts[claim.part] : dataset.all);
  const supports =
    claim.labels === 'several' ? printedSupports(claim) : knownSupports(claim, reading, capacity);
  const byKey = new Map<string, Figure[]>();
  for (const figure of figures) byKey.set(figure.key, [...(byKey.get(figure.key) ?? []), figure]);
  const find = (key: string) => byKey.get(key) ?? [];
  return {
    claim,
    reading,
    classes: claim.classes,
    aggregation: claim.aggregation ?? { kind: 'single' },
    figures,
    supports,
    supportRanges: supportRanges(claim, reading, { supports, capacity, figures }),
    n: itemCount(claim, reading, { supports, capacity }),
    dataset,
    capacity,
    find,
    narrowest: (key) => narrowestOf(find(key)),
  };
}

/** The printed n counts the items evaluated unless the reading takes the supports, and n with them, for others'. */
function itemCount(
  claim: Claim,
  reading: Reading,
  { supports, capacity }: { supports: readonly number[] | undefined; capacity: DatasetPart | undefined },
): number | undefined {
  if (supports) return sum(supports);
  if (claim.classes.length === 0 && isWholePart(claim)) return capacity?.total;
  return claim.supports && reading.supports !== 'as printed' ? undefined : claim.n;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The supports as printed, or the official ones of a named part; undefined unless complete. */
function knownSupports(claim: Claim, reading: Reading, capacity?: DatasetPart): number[] | undefined {
  if (reading.supports !== 'as printed' || claim.classes.length === 0) return undefined;
  const rows = claim.classes.map((name) => entryOf(claim.confusion?.rows, name));
  if (!claim.supports && claim.confusion?.normalised === 'counts' && rows.every(isCountRow)) {
    return rows.map((row) => sum(row));
  }
  if (claim.supports) return printedSupports(claim);
  if (!isWholePart(claim)) return undefined;
  const values = claim.classes.map((name) => capacity && classCapacity(capacity, name));
  return values.every((value) => value !== undefined) ? (values as number[]) : undefined;
}

function printedSupports(claim: Claim): number[] | undefined {
  const values = claim.classes.map((name) => entryOf(claim.supports, name));
  return values.every((value) => value !== undefined) ? (values as number[]) : undefined;
}

function isCountRow(row: readonly (string | number | null)[] | undefined): row is readonly number[] {
  return row?.every((cell) => typeof cell === 'number') ?? false;
}

function supportRanges(
  claim: Claim,
  reading: Reading,
  known: {
    supports: readonly number[] | undefined;
    capacity: DatasetPart | undefined;
    figures: readonly Figure[];
  },
): CountRange[] {
  if (known.supports) return known.supports.map((count) => ({ from: count, to: count }));
  const share = claim.testShare === undefined ? undefined : shareOf(claim);
  return claim.classes.map((name, i) => {
    const printed = entryOf(claim.supports, name);
    if (reading.supports === 'test share' && printed !== undefined && share !== undefined) {
      return stratified(share.mul(printed));
    }
    if (reading.supports === 'as printed' && printed !== undefined) return { from: printed, to: printed };
    const capacity = known.capacity && (classCapacity(known.capacity, name) ?? known.capacity.total);
    // A class without items has no recall; programs print 0 for it.
    const recalled = known.figures.some(
      ({ key, interval }) => key === `recall:${i}` && !contains(interval, ZERO),
    );
    const from = recalled && reading.undefinedAs !== 'one' ? 1 : 0;
    return { from, to: capacity ?? claim.n ?? Number.POSITIVE_INFINITY };
  });
}

/**
 * How many items of a class a stratified split may hold out: its share in proportion, give or take one item beyond the
 * rounding, as splitters round the size of the whole part first, and parts are split again.
 */
function stratified(exact: Fraction): CountRange {
  return { from: Math.max(0, floorOf(exact) - 1), to: ceilOf(exact) + 1 };
}

function shareOf(claim: Claim): Fraction {
  const { interval } = parseFigure(claim.testShare!, {
    field: 'testShare',
    scale: 'fraction',
    rounding: 'nearest',
  });
  return interval.lo.add(interval.hi).div(2);
}
